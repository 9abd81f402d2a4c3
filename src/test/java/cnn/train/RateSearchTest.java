package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.model.SavedModelFile;
import cnn.model.Schedule;
import cnn.program.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateSearchTest {
    @TempDir
    Path folder;

    private TrainingRig rig;

    @BeforeEach
    void makePictures() throws IOException {
        rig = new TrainingRig(folder);
        rig.pictures(12, 6);
    }

    @Test
    void takesTheRateOfTheLowestLossAndKeepsWhatItTried() throws IOException {
        TrainingOutcome outcome = rig.training(TrainingRig.withHead(), rig.headThenTopMeasured(2, 6))
                .run(false, () -> false)
                .orElseThrow();
        Map<String, Object> metrics = outcome.model().training().metrics();
        List<?> rates = (List<?>) metrics.get("tried_learning_rates");
        List<?> losses = (List<?>) metrics.get("tried_val_losses");
        assertThat(rates).isEqualTo(List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3));
        int best = 0;
        for (int i = 1; i < losses.size(); i++) {
            best = (Double) losses.get(i) < (Double) losses.get(best) ? i : best;
        }
        assertThat(metrics).containsEntry("finetune_learning_rate", rates.get(best));
        assertThat(rig.notes.stream().filter(note -> note.startsWith("learning rate ")))
                .hasSize(6)
                .last()
                .isEqualTo("learning rate %s is the best of 5; 6 epochs with it".formatted(rates.get(best)));
        assertThat(rig.notes)
                .anyMatch(note -> note.matches("learning rate 1\\.0E-5: val_loss \\d\\.\\d{4} after 2 epochs"));
        assertThat(outcome.history()).hasSize(8);
        TrainingRig given = new TrainingRig(folder);
        TrainingOutcome same = given.training(TrainingRig.withHead(), given.headThenTop(2, 6, (Double) rates.get(best)))
                .run(false, () -> false)
                .orElseThrow();
        assertThat(same.history()).isEqualTo(outcome.history());
    }

    @Test
    void ofSgdTheRatesAreLarger() throws IOException {
        rig.optimizer = Optimizer.named("sgd", OptionalDouble.empty());
        rig.schedule = new Schedule(Schedule.Decay.COSINE, 0);
        TrainingOutcome outcome = rig.training(TrainingRig.withHead(), rig.headThenTopMeasured(1, 2))
                .run(false, () -> false)
                .orElseThrow();
        assertThat(outcome.model().training().metrics().get("tried_learning_rates"))
                .isEqualTo(List.of(3e-4, 1e-3, 3e-3, 1e-2, 3e-2));
    }

    @Test
    void cutOffItGoesOnToTheSameBytes() throws IOException {
        byte[] expected = saved(rig.training(TrainingRig.withHead(), rig.headThenTopMeasured(2, 3))
                .run(false, () -> false)
                .orElseThrow());
        for (int cut = 0; cut < 5; cut++) {
            TrainingRig other = new TrainingRig(folder);
            other.cutOffAfter = cut;
            Training first = other.training(TrainingRig.withHead(), other.headThenTopMeasured(2, 3));
            assertThatThrownBy(() -> first.run(false, other::stopRequested)).isInstanceOf(TrainingRig.CutOff.class);
            other.cutOffAfter = Integer.MAX_VALUE;
            other.notes.clear();
            Training second = other.training(TrainingRig.withHead(), other.headThenTopMeasured(2, 3));
            assertThat(saved(second.run(true, other::stopRequested).orElseThrow()))
                    .as("cut after %d", cut)
                    .isEqualTo(expected);
            second.finish();
        }
    }

    private byte[] saved(TrainingOutcome outcome) throws IOException {
        Path file = folder.resolve("saved.zip");
        SavedModelFile.write(file, outcome.model(), outcome.tail());
        return Files.readAllBytes(file);
    }
}
