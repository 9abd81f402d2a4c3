package cnn.image;

import java.util.Arrays;

/**
 * How a decoded picture becomes the levels that a network looks at, as Keras's {@code load_img} and its relatives do it.
 *
 * @param resize the filter; {@link ResizeMode#CENTER_CROP}, which is a whole recipe, goes with {@link AspectRatio#STRETCH}
 *     only
 */
public record Loading(ResizeMode resize, AspectRatio aspect, ColorMode color) {
    private static final int RGB = 3;

    /** @throws IllegalArgumentException if they do not go together */
    public Loading {
        if (resize == ResizeMode.CENTER_CROP && aspect != AspectRatio.STRETCH) {
            throw new IllegalArgumentException(
                    "center-crop is a way with the proportions of its own; --aspect goes with another --resize");
        }
    }

    /** Stretched, in colours. */
    public static Loading of(ResizeMode resize) {
        return new Loading(resize, AspectRatio.STRETCH, ColorMode.RGB);
    }

    /**
     * Writes one picture into its place in a batch.
     *
     * @param height of the input, in pixels
     * @param width of the input, in pixels
     * @param nhwc receives height * width * 3 floats from 0 to 255, row-major, R G B
     * @param offset index of the first of them
     * @throws ImageException if the image is such a thin strip that this would take minutes
     */
    public void load(Pixels pixels, int height, int width, float[] nhwc, int offset) throws ImageException {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("cannot resize to " + height + "x" + width);
        }
        Pixels seen = color == ColorMode.GRAYSCALE ? pixels.grey() : pixels;
        Placement placement = placement(pixels, height, width);
        Crop target = placement.target();
        Region region = new Region(seen, placement.part(), placement.box());
        if (target.height() == height && target.width() == width) {
            resize.resize(region, height, width, nhwc, offset);
            return;
        }
        int row = RGB * target.width();
        float[] resized = new float[row * target.height()];
        resize.resize(region, target.height(), target.width(), resized, 0);
        Arrays.fill(nhwc, offset, offset + RGB * height * width, 0);
        for (int y = 0; y < target.height(); y++) {
            int to = offset + RGB * ((target.top() + y) * width + target.left());
            System.arraycopy(resized, row * y, nhwc, to, row);
        }
    }

    /** Whether the network gets to see the whole picture, and nothing else. */
    public boolean isWholePicture() {
        return resize != ResizeMode.CENTER_CROP && aspect == AspectRatio.STRETCH;
    }

    /** Whether all levels are whole numbers. */
    public boolean givesWholeLevels() {
        return resize != ResizeMode.BILINEAR;
    }

    /** In words, of which those that are usual are left out: equal text, equal levels. */
    @Override
    public String toString() {
        String stretched = aspect == AspectRatio.STRETCH ? "" : ", aspect " + aspect.id();
        return resize.id() + stretched + (color == ColorMode.RGB ? "" : ", color " + color.id());
    }

    private Placement placement(Pixels pixels, int height, int width) {
        return aspect.place(new Crop(0, 0, pixels.height(), pixels.width()), new Crop(0, 0, height, width));
    }
}
