package cnn.cli;

import cnn.transfer.FeatureExtractor.Progress;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Shows how far an extraction is: on a terminal as a bar in a line that changes, with --verbose as a line every few seconds.
 * How many inputs there are is counted on the side; until that is known, neither bar nor remaining time is shown.
 */
final class ExtractionProgress {
    private static final long NANOS_BETWEEN_DETAILS = 5_000_000_000L;
    private static final int BAR_WIDTH = 20;

    private final Talk talk;
    private final Rate rate = new Rate();
    private final AtomicLong total = new AtomicLong();
    private long lastDetail = System.nanoTime();

    /**
     * @param count counts the inputs, if that can be done; called on a thread of its own, and only if anything is shown
     */
    ExtractionProgress(Talk talk, Supplier<OptionalLong> count) {
        this.talk = talk;
        if (talk.showsMore()) {
            Thread counting = new Thread(() -> count.get().ifPresent(total::set), "count");
            counting.setDaemon(true);
            counting.start();
        }
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
        total.set(0);
        talk.detail(line(progress));
    }

    private String line(Progress progress) {
        double perSecond = rate.of(progress.inputs());
        return String.format(
                Locale.ROOT,
                "%s%,d images, %.0f a second, %,d from the cache, %,d computed, %,d failed%s",
                bar(progress),
                progress.inputs(),
                perSecond,
                progress.cached(),
                progress.computed(),
                progress.failed(),
                remaining(progress, perSecond));
    }

    private String bar(Progress progress) {
        long all = total.get();
        if (all < progress.inputs() || all == 0) {
            return "";
        }
        int full = (int) (BAR_WIDTH * progress.inputs() / all);
        return String.format(
                Locale.ROOT,
                "[%s%s] %d %% ",
                "#".repeat(full),
                "-".repeat(BAR_WIDTH - full),
                100 * progress.inputs() / all);
    }

    private String remaining(Progress progress, double perSecond) {
        long left = total.get() - progress.inputs();
        if (left <= 0) {
            return "";
        }
        long seconds = Math.round(left / perSecond);
        return seconds < 60
                ? String.format(Locale.ROOT, ", %d s left", seconds)
                : String.format(Locale.ROOT, ", %d min %d s left", seconds / 60, seconds % 60);
    }
}
