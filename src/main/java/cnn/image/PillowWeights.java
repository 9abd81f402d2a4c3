package cnn.image;

/**
 * Which source pixels make each target pixel along one axis, and with what weight (Pillow's Resample.c,
 * precompute_coeffs and normalize_coeffs_8bpc). Weights are made when they are asked for: those of a whole axis may take
 * more memory than the image.
 *
 * @param source length of the source axis, in pixels; all of it is seen by the filter
 * @param from where in it the box begins that becomes the target
 * @param length of that box, in pixels
 * @param target length of the whole target axis, in pixels
 */
record PillowWeights(PillowFilter filter, int source, int from, int length, int target) {
    /** 32 bits, less 8 for the pixel, less 2 for the overshoot of the filters. */
    static final int BITS = 32 - 8 - 2;

    /**
     * What one target pixel is made of.
     *
     * @param first the first source pixel
     * @param weights of it and of those that follow, fixed point with {@link #BITS} fraction bits; about 1 together
     */
    record Window(int first, int[] weights) {
        /** One after the last source pixel. */
        int end() {
            return first + weights.length;
        }
    }

    /** How many source pixels a target pixel is made of at most. */
    int taps() {
        return (int) Math.min(source, 2L * (long) Math.ceil(support()) + 1);
    }

    /** The first source pixel of a target pixel. */
    int first(int index) {
        return Math.max(0, (int) (centre(index) - support() + 0.5));
    }

    /** One after the last source pixel of a target pixel. */
    int end(int index) {
        return (int) Math.min(source, (long) (centre(index) + support() + 0.5));
    }

    /** The source pixels of a target pixel and their weights. */
    Window window(int index) {
        double centre = centre(index);
        int first = first(index);
        double[] exact = new double[end(index) - first];
        double sum = 0;
        for (int k = 0; k < exact.length; k++) {
            exact[k] = filter.at((k + first - centre + 0.5) * (1.0 / filterScale()));
            sum += exact[k];
        }
        int[] weights = new int[exact.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = fixed(sum == 0 ? exact[k] : exact[k] / sum);
        }
        return new Window(first, weights);
    }

    /** The windows of neighbouring target pixels. */
    Window[] windows(int from, int count) {
        Window[] windows = new Window[count];
        for (int i = 0; i < count; i++) {
            windows[i] = window(from + i);
        }
        return windows;
    }

    private double scale() {
        return (double) length / target;
    }

    private double filterScale() {
        return Math.max(scale(), 1.0);
    }

    private double support() {
        return filter.support * filterScale();
    }

    private double centre(int index) {
        return from + (index + 0.5) * scale();
    }

    /** Rounded half away from zero. */
    private static int fixed(double weight) {
        double scaled = weight * (1 << BITS);
        return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
}
