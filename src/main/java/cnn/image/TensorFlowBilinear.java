package cnn.image;

/**
 * {@code tf.image.resize} with its defaults, as {@code image_dataset_from_directory} uses it: bilinear, half-pixel
 * centres, no antialiasing, float32 and not rounded (tensorflow/core/kernels/image/resize_bilinear_op.cc).
 */
final class TensorFlowBilinear {
    private TensorFlowBilinear() {}

    /** Writes height * width * 3 floats from 0 to 255, NHWC, from {@code offset} on; sees the box and nothing around it. */
    static void resize(Region source, int height, int width, float[] nhwc, int offset) {
        byte[] rgb = source.pixels().rgb();
        Axis across = Axis.of(source.box().left(), source.box().width(), width);
        Axis down = Axis.of(source.box().top(), source.box().height(), height);
        int to = offset;
        for (int y = 0; y < height; y++) {
            int above = source.at(down.lower[y]);
            int below = source.at(down.upper[y]);
            float fractionY = down.fraction[y];
            for (int x = 0; x < width; x++) {
                int left = 3 * across.lower[x];
                int right = 3 * across.upper[x];
                float fractionX = across.fraction[x];
                for (int c = 0; c < 3; c++) {
                    float top = mix(rgb[above + left + c], rgb[above + right + c], fractionX);
                    float bottom = mix(rgb[below + left + c], rgb[below + right + c], fractionX);
                    nhwc[to++] = top + (bottom - top) * fractionY;
                }
            }
        }
    }

    private static float mix(byte from, byte to, float fraction) {
        float start = from & 0xff;
        return start + ((to & 0xff) - start) * fraction;
    }

    /** For each target pixel the two source pixels it lies between, and how far it is from the lower. */
    private record Axis(int[] lower, int[] upper, float[] fraction) {
        static Axis of(int from, int source, int target) {
            float scale = source / (float) target;
            Axis axis = new Axis(new int[target], new int[target], new float[target]);
            for (int i = 0; i < target; i++) {
                float at = (i + 0.5f) * scale - 0.5f;
                float floor = (float) Math.floor(at);
                int upper = Math.min((int) Math.ceil(at), source - 1);
                axis.upper[i] = from + upper;
                axis.lower[i] = from + Math.min(Math.max((int) floor, 0), upper);
                axis.fraction[i] = at - floor;
            }
            return axis;
        }
    }
}
