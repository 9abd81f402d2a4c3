package cnn.zoo;

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
    };

    private static final float MEAN_BLUE = 103.939f;
    private static final float MEAN_GREEN = 116.779f;
    private static final float MEAN_RED = 123.68f;

    /** Scales the numbers {@code from} (inclusive) to {@code to} of {@code rgb}, whole pixels of 0..255, in place. */
    public abstract void scale(float[] rgb, int from, int to);
}
