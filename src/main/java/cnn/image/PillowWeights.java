package cnn.image;

/**
 * Which source pixels make each target pixel along one axis, and with what weight (Pillow's Resample.c,
 * precompute_coeffs and normalize_coeffs_8bpc).
 *
 * @param first of each target pixel, the first source pixel
 * @param count of each target pixel, the number of source pixels
 * @param taps the distance between the weights of neighbouring targets in {@code weights}
 * @param weights fixed point with {@link #BITS} fraction bits; those of one target add up to about 1
 */
record PillowWeights(int[] first, int[] count, int taps, int[] weights) {
    /** 32 bits, less 8 for the pixel, less 2 for the overshoot of the filters. */
    static final int BITS = 32 - 8 - 2;

    /**
     * Weights for a part of the target.
     *
     * @param source length of the source axis
     * @param target length of the whole target axis
     * @param from the first target pixel wanted
     * @param wanted how many
     */
    static PillowWeights of(PillowFilter filter, int source, int target, int from, int wanted) {
        double scale = (double) source / target;
        double filterScale = Math.max(scale, 1.0);
        double support = filter.support * filterScale;
        int taps = Math.min(source, (int) Math.ceil(support) * 2 + 1);
        int[] first = new int[wanted];
        int[] count = new int[wanted];
        int[] weights = new int[Math.multiplyExact(wanted, taps)];
        double[] exact = new double[taps];
        for (int i = 0; i < wanted; i++) {
            double centre = (from + i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - support + 0.5));
            int high = Math.min(source, (int) (centre + support + 0.5));
            first[i] = low;
            count[i] = high - low;
            double sum = 0;
            for (int k = 0; k < high - low; k++) {
                exact[k] = filter.at((k + low - centre + 0.5) * (1.0 / filterScale));
                sum += exact[k];
            }
            for (int k = 0; k < high - low; k++) {
                weights[i * taps + k] = fixed(sum == 0 ? exact[k] : exact[k] / sum);
            }
        }
        return new PillowWeights(first, count, taps, weights);
    }

    /** Rounded half away from zero. */
    private static int fixed(double weight) {
        double scaled = weight * (1 << BITS);
        return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
}
