package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.train.Selection.Criterion;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final EpochRow LOW_LOSS = row(1, 0.30, 0.80, 0.70);
    private static final EpochRow RIGHT_OFTEN = row(2, 0.50, 0.90, 0.60);
    private static final EpochRow RIGHT_IN_ALL_CLASSES = row(3, 0.40, 0.85, 0.84);

    @Test
    void eachCriterionHasItsBest() {
        assertBest(Criterion.LOSS, LOW_LOSS);
        assertBest(Criterion.ACCURACY, RIGHT_OFTEN);
        assertBest(Criterion.F1, RIGHT_IN_ALL_CLASSES);
    }

    @Test
    void amongEqualsTheLowerLossDecidesAndThenTheEarlier() {
        Selection byAccuracy = new Selection(Criterion.ACCURACY, 1);
        assertThat(byAccuracy.prefers(row(2, 0.2, 0.8, 0), row(1, 0.3, 0.8, 0))).isTrue();
        assertThat(byAccuracy.prefers(row(2, 0.3, 0.8, 0), row(1, 0.3, 0.8, 0))).isFalse();
        assertThat(Selection.LOWEST_LOSS.prefers(row(2, 0.3, 0.9, 0), row(1, 0.3, 0.8, 0)))
                .isFalse();
    }

    @Test
    void asManyCandidatesAsAreAveragedStay() {
        TrainingState state = TrainingState.START;
        double[] losses = {0.5, 0.3, 0.4, 0.2, 0.6};
        for (int epoch = 1; epoch <= losses.length; epoch++) {
            float value = epoch;
            state = state.plus(
                    row(epoch, losses[epoch - 1], 0, 0),
                    () -> Map.of("dense/kernel", new float[] {value}),
                    new Selection(Criterion.LOSS, 3));
        }
        assertThat(state.best().orElseThrow().row().epoch()).isEqualTo(4);
        assertThat(state.candidates())
                .extracting(candidate -> candidate.row().epoch())
                .containsExactly(4, 2, 3);
        assertThat(state.mean().orElseThrow().get("dense/kernel")).containsExactly(3);
        assertThat(state.inPhase(0).candidates()).hasSize(3);
        assertThat(state.inPhase(1).candidates())
                .as("other layers learn in another phase")
                .isEmpty();
    }

    private static void assertBest(Criterion criterion, EpochRow best) {
        Selection selection = new Selection(criterion, 1);
        assertThat(Stream.of(LOW_LOSS, RIGHT_OFTEN, RIGHT_IN_ALL_CLASSES).min(selection.order()))
                .hasValue(best);
    }

    private static EpochRow row(int epoch, double valLoss, double valAccuracy, double valMacroF1) {
        return new EpochRow(epoch, 0, 0, valLoss, valAccuracy, valMacroF1, "head");
    }
}
