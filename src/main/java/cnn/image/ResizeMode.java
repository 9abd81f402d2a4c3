package cnn.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How an image is brought to the input size of a network; part of what weights were trained with. */
public enum ResizeMode {
    /** Pillow's NEAREST, a plain stretch: what Keras's {@code load_img} does. */
    NEAREST {
        @Override
        void write(Region source, int height, int width, float[] nhwc, int offset) {
            byte[] rgb = source.pixels().rgb();
            Crop box = source.box();
            int[] columns = PillowResize.nearest(box.left(), box.width(), width);
            int[] rows = PillowResize.nearest(box.top(), box.height(), height);
            int to = offset;
            for (int y = 0; y < height; y++) {
                int row = source.at(rows[y]);
                for (int x = 0; x < width; x++) {
                    int from = row + 3 * columns[x];
                    nhwc[to] = rgb[from] & 0xff;
                    nhwc[to + 1] = rgb[from + 1] & 0xff;
                    nhwc[to + 2] = rgb[from + 2] & 0xff;
                    to += 3;
                }
            }
        }
    },
    /** TensorFlow's, as in {@code image_dataset_from_directory}: no antialiasing, and not rounded to whole numbers. */
    BILINEAR {
        @Override
        void write(Region source, int height, int width, float[] nhwc, int offset) {
            TensorFlowBilinear.resize(source, height, width, nhwc, offset);
        }
    },
    /** Pillow's BILINEAR: antialiased where it shrinks. */
    PIL_BILINEAR(PillowFilter.BILINEAR),
    /** Pillow's BOX: the average of the pixels that a target pixel covers. */
    BOX(PillowFilter.BOX),
    /** Pillow's HAMMING: as sharp as bicubic, as fast as bilinear. */
    HAMMING(PillowFilter.HAMMING),
    /** Pillow's BICUBIC. */
    BICUBIC(PillowFilter.BICUBIC),
    /** Pillow's LANCZOS. */
    LANCZOS(PillowFilter.LANCZOS),
    /** Short side to 256/224 of the size with Pillow's BICUBIC, then a centre crop: how accuracies are published. */
    CENTER_CROP {
        @Override
        void write(Region source, int height, int width, float[] nhwc, int offset) throws ImageException {
            CenterCrop plan = CenterCrop.of(source.part(), height, width);
            int fullHeight = plan.resizedHeight();
            int fullWidth = plan.resizedWidth();
            filtered(source, PillowFilter.BICUBIC, fullHeight, fullWidth, plan.crop(), nhwc, offset);
        }
    };

    /** The largest photograph takes a third of them; they take some seconds. */
    private static final double MOST_MULTIPLICATIONS = 3e9;

    /** Of all of the source; empty for a mode with a way of its own. */
    private final Optional<PillowFilter> filter;

    ResizeMode() {
        this.filter = Optional.empty();
    }

    ResizeMode(PillowFilter filter) {
        this.filter = Optional.of(filter);
    }

    /** The name on the command line and in saved models, such as {@code pil-bilinear}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The mode of that id; case and {@code _} for {@code -} do not matter.
     *
     * @throws IllegalArgumentException if there is none, with a message that lists them all
     */
    public static ResizeMode of(String id) {
        String wanted = id.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values())
                .filter(mode -> mode.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown resize mode '" + id + "'; there are "
                        + Arrays.stream(values()).map(ResizeMode::id).collect(Collectors.joining(", "))));
    }

    /**
     * Resizes one image, or a part of it, into its place in a batch.
     *
     * @param height of the result, in pixels
     * @param width of the result, in pixels
     * @param nhwc receives height * width * 3 floats from 0 to 255, row-major, R G B
     * @param offset index of the first of them
     * @throws ImageException if the image is such a thin strip that this would take minutes
     */
    void resize(Region source, int height, int width, float[] nhwc, int offset) throws ImageException {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("cannot resize to " + height + "x" + width);
        }
        write(source, height, width, nhwc, offset);
    }

    void write(Region source, int height, int width, float[] nhwc, int offset) throws ImageException {
        filtered(source, filter.orElseThrow(), height, width, new Crop(0, 0, height, width), nhwc, offset);
    }

    private static void filtered(
            Region source, PillowFilter filter, int height, int width, Crop crop, float[] nhwc, int offset)
            throws ImageException {
        if (PillowResize.multiplications(source, filter, height, width, crop) > MOST_MULTIPLICATIONS) {
            throw new ImageException(
                    ImageException.Code.TOO_LARGE,
                    "%dx%d pixels are too thin a strip to be resized to %dx%d; --resize nearest takes it"
                            .formatted(source.part().width(), source.part().height(), crop.width(), crop.height()));
        }
        byte[] rgb = PillowResize.resize(source, filter, height, width, crop).rgb();
        for (int i = 0; i < rgb.length; i++) {
            nhwc[offset + i] = rgb[i] & 0xff;
        }
    }
}
