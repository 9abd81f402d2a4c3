package cnn.image;

import cnn.Excerpt;
import java.util.Arrays;
import java.util.Locale;

/** What becomes of a picture's proportions where those of a network's input are others; combines with every filter. */
public enum AspectRatio {
    /** It is stretched, as {@code load_img(path, target_size)} does. */
    STRETCH {
        @Override
        Placement place(Crop source, Crop input) {
            return new Placement(source, source, input);
        }
    },
    /**
     * The largest box in the middle that has the input's proportions is cut out, then resized: {@code
     * image_dataset_from_directory(crop_to_aspect_ratio=True)}, which calls {@code smart_resize} within a graph
     * (keras/src/utils/image_dataset_utils.py, load_image; image_utils.py, smart_resize: float32). As in Keras 2 the
     * filter's fractions are kept; some releases of Keras 3 make whole numbers of them.
     */
    CROP {
        @Override
        Placement place(Crop source, Crop input) {
            long height = (long) ((float) ((long) source.width() * input.height()) / input.width());
            long width = (long) ((float) ((long) source.height() * input.width()) / input.height());
            return cut(source, height, width, input);
        }
    },
    /**
     * The whole picture is resized into the middle of the input, with black around it: {@code
     * image_dataset_from_directory(pad_to_aspect_ratio=True)}, which is {@code tf.image.resize_with_pad}
     * (tensorflow/python/ops/image_ops_impl.py, _resize_image_with_pad_common: float32, whose rounding may leave a black
     * line at an edge that fits).
     */
    PAD {
        @Override
        Placement place(Crop source, Crop input) {
            float ratio = Math.max(
                    (float) source.width() / (float) input.width(), (float) source.height() / (float) input.height());
            float height = source.height() / ratio;
            float width = source.width() / ratio;
            int top = Math.max(0, (int) Math.floor((input.height() - height) / 2));
            int left = Math.max(0, (int) Math.floor((input.width() - width) / 2));
            // TensorFlow fails where a side becomes nothing.
            Crop target = new Crop(
                    top,
                    left,
                    Math.min(Math.max(1, (int) height), input.height() - top),
                    Math.min(Math.max(1, (int) width), input.width() - left));
            return new Placement(source, source, target);
        }
    },
    /**
     * The largest box in the middle that has the input's proportions is resized, by filters that see what lies around it:
     * {@code load_img(path, target_size, keep_aspect_ratio=True)} (keras/src/utils/image_utils.py: whole numbers, and
     * Pillow's {@code resize(box=...)}).
     */
    KEEP {
        @Override
        Placement place(Crop source, Crop input) {
            int height = atLeastOne((long) source.width() * input.height() / input.width(), source.height());
            int width = atLeastOne((long) source.height() * input.width() / input.height(), source.width());
            Crop box = new Crop((source.height() - height) / 2, (source.width() - width) / 2, height, width);
            return new Placement(source, box, input);
        }
    },
    /**
     * As {@link #CROP}, by {@code keras.utils.smart_resize} of an array (keras/src/utils/image_utils.py: whole numbers, and
     * float64).
     */
    SMART {
        @Override
        Placement place(Crop source, Crop input) {
            long height = (long) ((double) ((long) source.width() * input.height()) / input.width());
            long width = (long) ((double) ((long) source.height() * input.width()) / input.height());
            return cut(source, height, width, input);
        }
    };

    /** The name on the command line and in saved models. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if none has that id */
    public static AspectRatio of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no aspect is named " + Excerpt.of(id)));
    }

    /**
     * What of a picture is resized, and to where.
     *
     * @param source the whole picture
     * @param input the whole input of the network
     */
    abstract Placement place(Crop source, Crop input);

    private static Placement cut(Crop source, long height, long width, Crop input) {
        int cutHeight = atLeastOne(height, source.height());
        int cutWidth = atLeastOne(width, source.width());
        int top = (source.height() - cutHeight) / 2;
        int left = (source.width() - cutWidth) / 2;
        return new Placement(new Crop(top, left, cutHeight, cutWidth), new Crop(0, 0, cutHeight, cutWidth), input);
    }

    private static int atLeastOne(long pixels, int most) {
        return (int) Math.max(1, Math.min(pixels, most));
    }
}
