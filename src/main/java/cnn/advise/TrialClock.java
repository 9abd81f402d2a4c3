package cnn.advise;

import cnn.train.EpochRow;
import cnn.train.TrainingListener;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Watches a trial: from its first steps it tells how long the rest will take, and stops it where that is too long.
 *
 * @see #getAsBoolean
 */
final class TrialClock implements TrainingListener, BooleanSupplier {
    private static final double NANOS = 1e9;
    /** The first step has to wait for what is made ready. */
    private static final int STEPS_BEFORE_JUDGING = 3;

    private final TrainingListener listener;
    private final Deadline deadline;
    private final double secondsOfJudging;
    private long steps;
    private long firstStep;
    private double secondsLeft;
    private boolean stops;

    /**
     * @param listener hears how far it is
     * @param secondsOfJudging that will be needed in the end
     */
    TrialClock(TrainingListener listener, Deadline deadline, double secondsOfJudging) {
        this.listener = listener;
        this.deadline = deadline;
        this.secondsOfJudging = secondsOfJudging;
    }

    /** Whether it has to be given up. */
    @Override
    public boolean getAsBoolean() {
        return stops || deadline.secondsLeft() <= 0;
    }

    /** How long it would have gone on when it was given up. */
    double secondsLeft() {
        return secondsLeft;
    }

    @Override
    public void batch(int epoch, int epochs, long done, long all) {
        listener.batch(epoch, epochs, done, all);
        long now = System.nanoTime();
        steps++;
        if (steps == 1) {
            firstStep = now;
            return;
        }
        double perStep = (now - firstStep) / NANOS / (steps - 1);
        secondsLeft = perStep * ((long) epochs * all - steps) + secondsOfJudging;
        stops = stops || (steps >= STEPS_BEFORE_JUDGING && secondsLeft > deadline.secondsLeft());
    }

    @Override
    public void note(String line) {}

    @Override
    public void read(String part, long done, long all) {
        listener.read("trial: " + part, done, all);
    }

    @Override
    public void epoch(EpochRow row, int epochs, List<EpochRow> history) {}
}
