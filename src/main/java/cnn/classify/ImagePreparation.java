package cnn.classify;

import cnn.UserError;
import cnn.image.ColorMode;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.image.Loading;
import cnn.image.Pixels;
import cnn.image.Thumbnail;
import cnn.network.Shape;
import cnn.zoo.Preprocessing;

/**
 * The way of an image into a network: decode, resize, scale as the weights demand. Used by many threads at once.
 *
 * @param input the network's input: height, width and 3 colours, or 1, which is grey; or these first
 */
public record ImagePreparation(ImageDecoder decoder, Loading loading, Preprocessing preprocessing, Shape input) {
    private static final int RGB = 3;
    private static final int GREY = 1;

    /** @throws UserError of kind WEIGHTS if the network does not look at images */
    public ImagePreparation {
        if (!input.isMap() || !(areColours(input.channels()) || areColours(input.height()))) {
            throw UserError.weights("the network takes %s, not images of (height, width, 3)".formatted(input));
        }
        if (colours(input) == GREY && !preprocessing.isForAnyColours()) {
            throw UserError.weights(
                    "--scale %s is for images of 3 colours; the network takes one: --scale tf|0..1|0..255"
                            .formatted(preprocessing.word()));
        }
        if (colours(input) == GREY && loading.color() != ColorMode.GRAYSCALE) {
            throw UserError.weights("the network takes images of one colour; leave out --color rgb");
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
        if (coloursFirst()) {
            System.arraycopy(planes(nhwc), 0, nhwc, 0, nhwc.length);
        }
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
            Pixels seen = loading.isWholePicture() ? pixels : Pixels.of(resized(pixels), height(), width());
            return Thumbnail.of(seen, longest);
        });
    }

    private float[] write(Pixels pixels, float[] levels) throws ImageException {
        if (colours(input) == RGB) {
            loading.load(pixels, height(), width(), levels, 0);
            return levels;
        }
        float[] rgb = resized(pixels);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = rgb[RGB * i];
        }
        return levels;
    }

    private float[] resized(Pixels pixels) throws ImageException {
        float[] rgb = new float[Math.multiplyExact(RGB, height() * width())];
        loading.load(pixels, height(), width(), rgb, 0);
        return rgb;
    }

    /** All of one colour, then all of the next. */
    private float[] planes(float[] nhwc) {
        int colours = colours(input);
        int pixels = nhwc.length / colours;
        float[] planes = new float[nhwc.length];
        for (int i = 0; i < nhwc.length; i++) {
            planes[i % colours * pixels + i / colours] = nhwc[i];
        }
        return planes;
    }

    private boolean coloursFirst() {
        return !areColours(input.channels());
    }

    private int height() {
        return coloursFirst() ? input.width() : input.height();
    }

    private int width() {
        return coloursFirst() ? input.channels() : input.width();
    }

    private static int colours(Shape input) {
        return areColours(input.channels()) ? input.channels() : input.height();
    }

    /** Whether images go into such an input without colours. */
    static boolean isGrey(Shape input) {
        return input.isMap() && colours(input) == GREY;
    }

    private static boolean areColours(int size) {
        return size == RGB || size == GREY;
    }

    /** Whatever decides, besides a file's bytes, what the network gets to see: equal text, equal numbers. */
    public String recipe() {
        return "%s, resize %s, input %s, scale %s".formatted(decoder.recipe(), loading, input, preprocessing);
    }
}
