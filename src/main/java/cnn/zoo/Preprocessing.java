package cnn.zoo;

import java.util.Arrays;
import java.util.Optional;

/** How weights want the numbers of a picture scaled; Keras's {@code imagenet_utils.preprocess_input}, in float32. */
public enum Preprocessing {
    /** Blue, green, red, minus the means over ImageNet; for weights that were trained in Caffe. */
    CAFFE {
        @Override
        public void scale(float[] rgb, int from, int to) {
            for (int i = from; i < to; i += 3) {
                float red = rgb[i];
                rgb[i] = rgb[i + 2] - MEAN_BLUE;
                rgb[i + 1] -= MEAN_GREEN;
                rgb[i + 2] = red - MEAN_RED;
            }
        }
    },
    /** From 0..255 to -1..1; for weights that were trained in TensorFlow. */
    TF {
        @Override
        public void scale(float[] rgb, int from, int to) {
            for (int i = from; i < to; i++) {
                rgb[i] = rgb[i] / 127.5f - 1f;
            }
        }
    },
    /** From 0..255 to 0..1, as tutorials scale for networks that are trained from scratch. */
    UNIT {
        @Override
        public void scale(float[] rgb, int from, int to) {
            for (int i = from; i < to; i++) {
                rgb[i] /= 255f;
            }
        }
    },
    /** From 0 to 1, minus the means over ImageNet, by its standard deviations; for weights that were trained in PyTorch. */
    TORCH {
        @Override
        public void scale(float[] rgb, int from, int to) {
            for (int i = from; i < to; i++) {
                int channel = (i - from) % MEANS.length;
                rgb[i] = (rgb[i] / 255f - MEANS[channel]) / DEVIATIONS[channel];
            }
        }
    },
    /** As they are, from 0 to 255; for networks that scale pixels themselves. */
    RAW {
        @Override
        public void scale(float[] rgb, int from, int to) {}
    };

    private static final float MEAN_BLUE = 103.939f;
    private static final float MEAN_GREEN = 116.779f;
    private static final float MEAN_RED = 123.68f;
    private static final float[] MEANS = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATIONS = {0.229f, 0.224f, 0.225f};

    /** As it is named on the command line. */
    public String word() {
        return switch (this) {
            case CAFFE -> "caffe";
            case TF -> "tf";
            case UNIT -> "0..1";
            case TORCH -> "torch";
            case RAW -> "0..255";
        };
    }

    /** The one of that {@link #word}. */
    public static Optional<Preprocessing> named(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Whether it treats every number alike, and so goes for images of one colour too. */
    public boolean isForAnyColours() {
        return this == TF || this == UNIT || this == RAW;
    }

    /** Scales the numbers {@code from} (inclusive) to {@code to} of {@code rgb}, whole pixels of 0..255, in place. */
    public abstract void scale(float[] rgb, int from, int to);
}
