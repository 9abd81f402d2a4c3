package cnn.program;

import java.util.Arrays;

/**
 * The magnitude that the last step of a scale should stand for.
 *
 * @param levels how many steps the scale has above zero
 */
record Threshold(Histogram histogram, int levels) {
    private static final double OUTSIDE = 1e-5;
    private static final int EVEN_BINS = 2048;

    /** Infinite where all numbers should fit. */
    double by(RangeMethod method) {
        return switch (method) {
            case MINMAX -> Double.POSITIVE_INFINITY;
            case PERCENTILE -> percentile();
            case MSE -> leastSquares();
            case ENTROPY -> leastDivergence();
        };
    }

    private double percentile() {
        double outside = OUTSIDE * count(0);
        long above = 0;
        int bin = Histogram.BINS;
        while (bin > 1 && above + histogram.count(bin - 1) <= outside) {
            above += histogram.count(--bin);
        }
        return Histogram.edge(bin);
    }

    /** Numbers within the scale are off by a twelfth of the squared step on average, those below half a step by themselves. */
    private double leastSquares() {
        int last = last();
        double best = Double.POSITIVE_INFINITY;
        double threshold = Histogram.edge(last + 1);
        for (int bin = last; bin > Math.max(0, last - (4 << 7)); bin--) {
            double end = Histogram.edge(bin + 1);
            double error = squaredError(end, last);
            if (error < best) {
                best = error;
                threshold = end;
            }
        }
        return threshold;
    }

    private double squaredError(double end, int last) {
        double step = end / levels;
        double error = 0;
        for (int bin = 1; bin <= last; bin++) {
            double number = Histogram.middle(bin);
            double off = number > end ? number - end : Math.min(number, step / Math.sqrt(12));
            error += histogram.count(bin) * off * off;
        }
        return error;
    }

    private double leastDivergence() {
        int last = last();
        double width = Histogram.edge(last + 1) / EVEN_BINS;
        double[] even = even(last, width);
        double best = Double.POSITIVE_INFINITY;
        int kept = EVEN_BINS;
        for (int bins = levels + 1; bins <= EVEN_BINS; bins += 8) {
            double divergence = divergence(even, bins);
            if (divergence < best) {
                best = divergence;
                kept = bins;
            }
        }
        return kept * width;
    }

    /** The numbers that are not zero in bins of one width, as if they were spread evenly in the bins that they are counted in. */
    private double[] even(int last, double width) {
        double[] even = new double[EVEN_BINS];
        for (int bin = 1; bin <= last; bin++) {
            double from = Histogram.edge(bin) / width;
            double to = Math.min(Histogram.edge(bin + 1) / width, EVEN_BINS);
            for (int i = (int) from; i < to; i++) {
                even[i] += histogram.count(bin) * (Math.min(to, i + 1) - Math.max(from, i)) / (to - from);
            }
        }
        return even;
    }

    /** Kullback and Leibler's divergence of what the levels can tell from what is there, if a scale ends behind some bins. */
    private double divergence(double[] even, int bins) {
        double[] kept = Arrays.copyOf(even, bins);
        double all = Arrays.stream(even).sum();
        double told = Arrays.stream(kept).sum();
        kept[bins - 1] += all - told;
        double divergence = 0;
        for (int level = 0; level < levels; level++) {
            int from = (int) ((long) level * bins / levels);
            int to = (int) ((long) (level + 1) * bins / levels);
            double sum = 0;
            int taken = 0;
            for (int i = from; i < to; i++) {
                sum += even[i];
                taken += even[i] > 0 ? 1 : 0;
            }
            for (int i = from; i < to; i++) {
                if (kept[i] > 0) {
                    double share = even[i] > 0 ? sum / taken / told : 1e-9 / all;
                    divergence += kept[i] / all * Math.log(kept[i] / all / share);
                }
            }
        }
        return divergence;
    }

    private int last() {
        int last = Histogram.BINS - 1;
        while (last > 0 && histogram.count(last) == 0) {
            last--;
        }
        return last;
    }

    private long count(int from) {
        long count = 0;
        for (int bin = from; bin < Histogram.BINS; bin++) {
            count += histogram.count(bin);
        }
        return count;
    }
}
