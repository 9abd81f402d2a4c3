package cnn.advise;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.train.EpochRow;
import cnn.train.TrainingListener;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialClockTest {
    private static final TrainingListener SILENT = new TrainingListener() {
        @Override
        public void note(String line) {}

        @Override
        public void read(String part, long done, long all) {}

        @Override
        public void epoch(EpochRow row, int epochs, List<EpochRow> history) {}
    };

    @Test
    void stopsWhereTheStepsThatAreLeftDoNotFit() throws InterruptedException {
        TrialClock clock = new TrialClock(SILENT, Deadline.in(Duration.ofMinutes(10)), 0);
        for (int step = 1; step <= 3; step++) {
            assertThat(clock.getAsBoolean()).isFalse();
            Thread.sleep(10);
            clock.batch(1, 1000, step, 1000);
        }
        assertThat(clock.getAsBoolean()).isTrue();
        assertThat(clock.secondsLeft()).isGreaterThan(600);
    }

    @Test
    void goesOnWhereTheyFitAndStopsWhenTheTimeIsOver() {
        TrialClock clock = new TrialClock(SILENT, Deadline.in(Duration.ofMinutes(10)), 1);
        for (int step = 1; step <= 5; step++) {
            clock.batch(1, 1, step, 5);
        }
        assertThat(clock.getAsBoolean()).isFalse();
        assertThat(new TrialClock(SILENT, Deadline.in(Duration.ZERO), 1).getAsBoolean())
                .isTrue();
    }
}
