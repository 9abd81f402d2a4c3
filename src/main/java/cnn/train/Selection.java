package cnn.train;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/**
 * Which weights are kept of all epochs.
 *
 * @param by what an epoch is judged by on the validation images
 * @param averaged how many of the last phase's best epochs also lend their weights to a mean, which is kept where it is better
 *     than each of them (Wortsman et al. 2022, "uniform soup"); 1 for none
 */
public record Selection(Criterion by, int averaged) {
    public static final Selection LOWEST_LOSS = new Selection(Criterion.LOSS, 1);

    /** What an epoch is judged by; among equals the lower loss decides. */
    public enum Criterion {
        LOSS("val_loss"),
        ACCURACY("val_accuracy"),
        F1("val_macro_f1");

        private final String figure;

        Criterion(String figure) {
            this.figure = figure;
        }

        double of(EpochRow row) {
            return switch (this) {
                case LOSS -> row.valLoss();
                case ACCURACY -> row.valAccuracy();
                case F1 -> row.valMacroF1();
            };
        }

        /** The figure as words name it. */
        String words(EpochRow row) {
            return String.format(Locale.ROOT, "%s %.4f", figure, of(row));
        }
    }

    public Selection {
        if (averaged < 1) {
            throw new IllegalArgumentException("a mean of " + averaged + " epochs");
        }
    }

    /** The better first; of equals the earlier stays the first. */
    Comparator<EpochRow> order() {
        Comparator<EpochRow> byLoss = Comparator.comparingDouble(EpochRow::valLoss);
        return by == Criterion.LOSS
                ? byLoss
                : Comparator.<EpochRow>comparingDouble(by::of).reversed().thenComparing(byLoss);
    }

    /** Whether an epoch is better than the best so far. */
    boolean prefers(EpochRow row, EpochRow best) {
        return order().compare(row, best) < 0;
    }

    /** All that decides the result, by the name that it has in a model file. */
    Map<String, Object> settings() {
        return Map.of("select", by.name().toLowerCase(Locale.ROOT), "average", averaged);
    }
}
