package cnn.cli;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Shows how far the work on images is: on a terminal as a bar in a line that changes, with --verbose as a line every few
 * seconds. How many inputs there are is counted on the side; until that is known, neither bar nor remaining time is shown.
 */
final class InputProgress {
    private static final long NANOS_BETWEEN_DETAILS = 5_000_000_000L;

    private final Talk talk;
    private final Rate rate = new Rate();
    private final AtomicLong total = new AtomicLong();
    private long lastDetail = System.nanoTime();

    /**
     * @param count counts the inputs, if that can be done; called on a thread of its own, and only if anything is shown
     */
    InputProgress(Talk talk, Supplier<OptionalLong> count) {
        this.talk = talk;
        if (talk.showsMore()) {
            Thread counting = new Thread(() -> count.get().ifPresent(total::set), "count");
            counting.setDaemon(true);
            counting.start();
        }
    }

    void show(long done, String details) {
        talk.show(line(done, total.get(), details));
        long now = System.nanoTime();
        if (now - lastDetail > NANOS_BETWEEN_DETAILS) {
            lastDetail = now;
            talk.detail(line(done, total.get(), details).plain());
        }
    }

    void done(long done, String details) {
        talk.clear();
        talk.detail(line(done, 0, details).plain());
    }

    private ProgressLine line(long done, long all, String details) {
        return ProgressLine.counted("", "image", done, all, rate.of(done), details);
    }
}
