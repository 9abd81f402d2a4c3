package cnn.classify;

import cnn.UserError;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.image.Pixels;
import cnn.image.ResizeMode;
import cnn.image.Thumbnail;
import cnn.network.Shape;
import cnn.zoo.Preprocessing;

/**
 * The way of an image into a network: decode, resize, scale as the weights demand. Used by many threads at once.
 *
 * @param input the network's input: height, width, 3
 */
public record ImagePreparation(ImageDecoder decoder, ResizeMode resize, Preprocessing preprocessing, Shape input) {
    private static final int RGB = 3;

    /** @throws UserError of kind WEIGHTS if the network does not look at colour images */
    public ImagePreparation {
        if (!input.isMap() || input.channels() != RGB) {
            throw UserError.weights("the network takes %s, not colour images of (height, width, 3)".formatted(input));
        }
    }

    /** Numbers that one prepared image has. */
    public int floats() {
        return Math.toIntExact(input.elements());
    }

    /**
     * Fills {@code nhwc} with the image in the content of a file.
     *
     * @return the same array
     */
    public float[] prepare(byte[] encoded, float[] nhwc) throws ImageException {
        return decoder.decode(encoded, pixels -> prepare(pixels, nhwc));
    }

    /** Fills {@code nhwc} with a decoded image. */
    public float[] prepare(Pixels pixels, float[] nhwc) throws ImageException {
        write(pixels, nhwc);
        preprocessing.scale(nhwc, 0, nhwc.length);
        return nhwc;
    }

    /** Fills {@code levels} with the image in the content of a file, resized but not scaled: 0 to 255, and returns it. */
    public float[] decode(byte[] encoded, float[] levels) throws ImageException {
        return decoder.decode(encoded, pixels -> write(pixels, levels));
    }

    /**
     * A small picture of what the network gets to see, with the proportions of the original.
     *
     * @param longest side, in pixels
     */
    public Pixels thumbnail(byte[] encoded, int longest) throws ImageException {
        return decoder.decode(encoded, pixels -> {
            boolean crops = resize == ResizeMode.CENTER_CROP;
            Pixels seen = crops ? Pixels.of(write(pixels, new float[floats()]), input.height(), input.width()) : pixels;
            return Thumbnail.of(seen, longest);
        });
    }

    private float[] write(Pixels pixels, float[] levels) throws ImageException {
        resize.resize(pixels, input.height(), input.width(), levels, 0);
        return levels;
    }

    /** Whatever decides, besides a file's bytes, what the network gets to see: equal text, equal numbers. */
    public String recipe() {
        return "%s, resize %s, input %s, scale %s".formatted(decoder.recipe(), resize.id(), input, preprocessing);
    }
}
