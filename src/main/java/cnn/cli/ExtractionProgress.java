package cnn.cli;

import cnn.transfer.FeatureExtractor.Progress;
import java.util.Locale;

/** Shows how far an extraction is: on a terminal as a line that changes, with --verbose as a line every few seconds. */
final class ExtractionProgress {
    private static final long NANOS_BETWEEN_DETAILS = 5_000_000_000L;

    private final Talk talk;
    private final Rate rate = new Rate();
    private long lastDetail = System.nanoTime();

    ExtractionProgress(Talk talk) {
        this.talk = talk;
    }

    void show(Progress progress) {
        talk.show(line(progress));
        long now = System.nanoTime();
        if (now - lastDetail > NANOS_BETWEEN_DETAILS) {
            lastDetail = now;
            talk.detail(line(progress));
        }
    }

    void done(Progress progress) {
        talk.clear();
        talk.detail(line(progress));
    }

    private String line(Progress progress) {
        return String.format(
                Locale.ROOT,
                "%,d images, %.0f a second, %,d from the cache, %,d computed, %,d failed",
                progress.inputs(),
                rate.of(progress.inputs()),
                progress.cached(),
                progress.computed(),
                progress.failed());
    }
}
