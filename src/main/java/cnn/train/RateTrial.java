package cnn.train;

import cnn.program.Optimizer;
import cnn.program.Sgd;
import java.util.Comparator;
import java.util.List;

/**
 * How far a short fine-tuning came with a learning rate.
 *
 * @param row its best epoch
 */
record RateTrial(double rate, EpochRow row) {
    private static final List<Double> OF_ADAPTIVE_STEPS = List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3);
    private static final List<Double> OF_GRADIENT_STEPS = List.of(3e-4, 1e-3, 3e-3, 1e-2, 3e-2);
    /** Of the epochs that the best rate gets. */
    private static final double SHARE = 1.0 / 3;

    /** The rates that are tried; SGD's steps are as long as the gradient, those of the others about as long as the rate. */
    static List<Double> rates(Optimizer optimizer) {
        return optimizer.rule() instanceof Sgd ? OF_GRADIENT_STEPS : OF_ADAPTIVE_STEPS;
    }

    /** Epochs of a trial. */
    static int epochs(int all) {
        return (int) Math.ceil(all * SHARE);
    }

    /** The best of some; of equals the one of the smaller rate. */
    static RateTrial best(List<RateTrial> trials, Selection selection) {
        return trials.stream()
                .min(Comparator.comparing(RateTrial::row, selection.order()).thenComparingDouble(RateTrial::rate))
                .orElseThrow();
    }
}
