package cnn.advise;

import cnn.metrics.PairedDifference;
import cnn.train.FineTuning;
import java.util.Optional;

/**
 * Whether fine-tuning pays: a short one of the proposed network, from its linear head, against that head.
 *
 * @param tuning what was tried, or would have been
 * @param learntFrom images of both
 * @param judged how both did; nothing where there was no time
 * @param seconds that the trial took, or would take
 * @param secondsPredicted that the same takes on all images
 */
public record Trial(
        FineTuning tuning, int learntFrom, Optional<Judged> judged, double seconds, double secondsPredicted) {
    private static final double SIGNIFICANT = 0.05;

    /**
     * How both did on images that neither has seen.
     *
     * @param headAccuracy of the linear head
     * @param gain of fine-tuning over it
     */
    public record Judged(int images, double headAccuracy, PairedDifference gain) {}

    /** Whether it was tried, and a paired test says that fine-tuning is better. */
    public boolean pays() {
        return judged.map(Judged::gain)
                .filter(gain -> gain.difference() > 0 && gain.test().p() < SIGNIFICANT)
                .isPresent();
    }
}
