package cnn.advise;

import cnn.metrics.PairedDifference;
import java.util.List;
import java.util.Optional;

/**
 * What to train, and what that was measured by.
 *
 * @param classes of the images
 * @param counts training images of each class
 * @param tried how many of the training images the candidates were tried on
 * @param candidates the most accurate first
 * @param proposed the cheapest of those that are not significantly less accurate than the first
 * @param behind how much less accurate the proposed one is than the first, where it is another
 * @param trial whether fine-tuning it pays
 * @param leftOut networks and layers that were not tried, and why, a line each
 * @param seconds that all took
 */
public record Advice(
        List<String> classes,
        List<Long> counts,
        int tried,
        List<Candidate> candidates,
        Candidate proposed,
        Optional<PairedDifference> behind,
        Quadrant quadrant,
        Trial trial,
        List<String> leftOut,
        double seconds) {
    public Advice {
        classes = List.copyOf(classes);
        counts = List.copyOf(counts);
        candidates = List.copyOf(candidates);
        leftOut = List.copyOf(leftOut);
    }

    /** The most accurate one. */
    public Candidate best() {
        return candidates.get(0);
    }
}
