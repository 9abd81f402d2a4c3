package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.model.Schedule.Decay;
import org.junit.jupiter.api.Test;

/** The expected factors follow from the formulas in Keras's {@code learning_rate_schedule.py}, class CosineDecay. */
class ScheduleTest {

    @Test
    void fallsAlongHalfACosineFromStepToStep() {
        assertFactors(new Schedule(Decay.COSINE, 0), 1, 0.8535534, 0.5, 0.1464466);
    }

    @Test
    void risesEvenlyFirst() {
        assertFactors(new Schedule(Decay.COSINE, 2), 0, 0.5, 1, 0.5);
        assertFactors(new Schedule(Decay.CONSTANT, 2), 0, 0.5, 1, 1);
        assertFactors(new Schedule(Decay.COSINE, 9), 0, 1 / 9.0, 2 / 9.0, 3 / 9.0);
    }

    @Test
    void hasOneRateForAnEpochWhereThatIsAskedFor() {
        assertFactors(new Schedule(Decay.COSINE_EPOCHS, 0), 1, 1, 0.5, 0.5);
    }

    @Test
    void stays() {
        assertFactors(Schedule.CONSTANT, 1, 1, 1, 1);
    }

    /** Of two epochs of two steps. */
    private static void assertFactors(Schedule schedule, double... factors) {
        for (int step = 0; step < factors.length; step++) {
            assertThat(schedule.factor(step, 4, 2)).as("step %d", step).isCloseTo(factors[step], within(1e-7));
        }
    }
}
