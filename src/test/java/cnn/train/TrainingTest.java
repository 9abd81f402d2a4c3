package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.model.OpenModels;
import cnn.model.SavedModelFile;
import cnn.model.Schedule;
import cnn.model.WeightValues;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Nadam;
import cnn.program.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final Selection LOWEST_LOSS = Selection.LOWEST_LOSS;

    @TempDir
    Path folder;

    private TrainingRig rig;

    @BeforeEach
    void makePictures() throws IOException {
        rig = new TrainingRig(folder);
        rig.pictures(12, 6);
    }

    @Test
    void learnsAndKeepsTheEpochOfTheLowestValidationLoss() {
        TrainingOutcome outcome = run(rig.head(12));
        assertThat(outcome.history()).hasSize(12).extracting(EpochRow::epoch).startsWith(1, 2, 3);
        double lowest =
                outcome.history().stream().mapToDouble(EpochRow::valLoss).min().orElseThrow();
        assertThat(outcome.best().valLoss()).isEqualTo(lowest);
        assertThat(outcome.best().valAccuracy()).isGreaterThan(0.8);
        assertThat(outcome.trainImages()).isEqualTo(24);
        assertThat(outcome.validationImages()).isEqualTo(12);
        assertThat(outcome.model().classes()).containsExactly("left", "right");
        assertThat(outcome.model().cut())
                .as("all of the head is in the model file")
                .isEqualTo("conv2");
        assertThat(outcome.model().trained()).containsExactly("dense", "dense_1");
    }

    @Test
    void endsInTheSameBitsWhicheverEpochItWasCutOffAfter() throws IOException {
        for (String augment : List.of("none", "hshift:0.2,vflip")) {
            rig.augment = augment;
            TrainingOutcome undisturbed = run(rig.headThenTop(4, 3));
            byte[] expected = saved(undisturbed);
            for (int cut = 0; cut < 7; cut++) {
                TrainingRig other = new TrainingRig(folder);
                other.augment = augment;
                other.cutOffAfter = cut;
                Training first = other.training(TrainingRig.withHead(), other.headThenTop(4, 3));
                assertThatThrownBy(() -> first.run(false, other::stopRequested)).isInstanceOf(TrainingRig.CutOff.class);
                other.cutOffAfter = Integer.MAX_VALUE;
                Training second = other.training(TrainingRig.withHead(), other.headThenTop(4, 3));
                TrainingOutcome resumed = second.run(true, other::stopRequested).orElseThrow();
                assertThat(resumed.history()).as("cut after %d", cut).isEqualTo(undisturbed.history());
                assertThat(saved(resumed)).as("cut after %d", cut).isEqualTo(expected);
                second.finish();
                assertThat(rig.checkpoint()).doesNotExist();
            }
        }
    }

    @Test
    void endsInTheSameBitsWithEverythingThatGoesOnFromStepToStep() throws IOException {
        rig.optimizer = new Optimizer(new Nadam(0.9, 0.999, 1e-7), 0.01, 0.1, OptionalDouble.of(0.5));
        rig.schedule = new Schedule(Schedule.Decay.COSINE, 7);
        rig.regularization = new Regularization(0.1, 1e-3, 0.2);
        rig.selection = new Selection(Selection.Criterion.ACCURACY, 2);
        byte[] expected = saved(run(rig.headThenTop(3, 2)));
        for (int cut = 0; cut < 5; cut++) {
            rig.seen.clear();
            rig.cutOffAfter = cut;
            Training first = rig.training(TrainingRig.withHead(), rig.headThenTop(3, 2));
            assertThatThrownBy(() -> first.run(false, rig::stopRequested)).isInstanceOf(TrainingRig.CutOff.class);
            rig.cutOffAfter = Integer.MAX_VALUE;
            Training second = rig.training(TrainingRig.withHead(), rig.headThenTop(3, 2));
            assertThat(saved(second.run(true, rig::stopRequested).orElseThrow()))
                    .as("cut after %d", cut)
                    .isEqualTo(expected);
            second.finish();
        }
    }

    @Test
    void keepsTheMeanOfTheBestEpochsWhereItIsBetter() throws IOException {
        for (int i = 0; i < 6; i++) {
            rig.picture("train/left/wrong" + i + ".png", 400 + i, false);
            rig.picture("validation/right/wrong" + i + ".png", 500 + i, true);
        }
        int kept = 0;
        for (double rate : new double[] {0.01, 0.03, 0.1}) {
            rig.optimizer = Optimizer.named("adam", OptionalDouble.of(rate));
            rig.selection = Selection.LOWEST_LOSS;
            TrainingOutcome single = run(rig.head(8));
            rig.selection = new Selection(Selection.Criterion.LOSS, 2);
            rig.notes.clear();
            TrainingOutcome mean = run(rig.head(8));
            assertThat(mean.history()).isEqualTo(single.history());
            assertThat(mean.best().epoch()).isEqualTo(single.best().epoch());
            boolean better = mean.best().valLoss() < single.best().valLoss();
            kept += better ? 1 : 0;
            assertThat(rig.notes.get(rig.notes.size() - 1))
                    .startsWith("the mean of epochs [" + single.best().epoch() + ", ")
                    .endsWith(better ? "the best and kept" : "not better than the best of them");
            Map<String, Object> metrics = mean.model().training().metrics();
            assertThat(metrics.containsKey("averaged_epochs")).isEqualTo(better);
            assertThat(Arrays.equals(values(mean, "dense"), values(single, "dense")))
                    .isEqualTo(!better);
        }
        assertThat(kept).as("of three trainings").isPositive();
    }

    @Test
    void stoppedItKeepsTheBestSoFarAndGoesOnToTheSameBits() throws IOException {
        byte[] expected = saved(run(rig.headThenTop(4, 3)));
        for (int stop = 0; stop < 7; stop++) {
            TrainingRig other = new TrainingRig(folder);
            other.stopAfter = stop;
            Training first = other.training(TrainingRig.withHead(), other.headThenTop(4, 3));
            TrainingOutcome stopped = first.run(false, other::stopRequested).orElseThrow();
            assertThat(stopped.model().training().complete()).isFalse();
            assertThat(stopped.history()).hasSize(stop + 1);
            saved(stopped);
            assertThat(first.finished()).isEmpty();
            other.stopAfter = Integer.MAX_VALUE;
            Training second = other.training(TrainingRig.withHead(), other.headThenTop(4, 3));
            assertThat(saved(second.run(true, other::stopRequested).orElseThrow()))
                    .as("stopped after %d", stop)
                    .isEqualTo(expected);
            assertThat(second.finished()).isPresent();
            second.finish();
        }
        TrainingRig other = new TrainingRig(folder);
        other.stopAfter = -1;
        assertThat(other.training(TrainingRig.withHead(), other.head(4)).run(false, other::stopRequested))
                .as("there is nothing to save yet")
                .isEmpty();
    }

    @Test
    void saysWhetherItGoesOn() {
        run(rig.head(2));
        assertThat(rig.notes).isEmpty();
        rig.training(TrainingRig.withHead(), rig.head(2)).run(false, rig::stopRequested);
        assertThat(rig.notes).hasSize(1);
        assertThat(rig.notes.get(0)).contains("is of a run that was cut off; starting anew");
        rig.training(TrainingRig.withHead(), rig.head(2)).run(true, rig::stopRequested);
        assertThat(rig.notes.get(1)).isEqualTo("going on after epoch 2");
    }

    @Test
    void refusesTheCheckpointOfAnotherRunSayingWhatDiffers() throws IOException {
        run(rig.head(2));
        rig.optimizer = Optimizer.named("adam", OptionalDouble.of(0.5));
        Training other = rig.training(TrainingRig.withHead(), rig.head(2));
        assertThatThrownBy(() -> other.run(true, rig::stopRequested))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("with learning_rate 0.01, not 0.5");
        rig.optimizer = Optimizer.named("adam", OptionalDouble.of(0.01));
        rig.picture("train/left/new.png", 999, true);
        Training moreData = rig.training(TrainingRig.withHead(), rig.head(2));
        assertThatThrownBy(() -> moreData.run(true, rig::stopRequested))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("with data ");
    }

    @Test
    void refusesACheckpointThatIsTornOrRotten() throws IOException {
        run(rig.head(2));
        byte[] whole = Files.readAllBytes(rig.checkpoint());
        for (int length : new int[] {0, 1, 31, 32, 33, whole.length / 2, whole.length - 1}) {
            assertRefused(Arrays.copyOf(whole, length), "cut to " + length);
        }
        for (int at = 0; at < whole.length; at += 97) {
            byte[] rotten = whole.clone();
            rotten[at] ^= 4;
            assertRefused(rotten, "bit at " + at);
        }
    }

    @Test
    void fineTuningThatDoesNotHelpLeavesTheModelAsItWas() {
        TrainingOutcome good = run(rig.head(12));
        StartingModel start = TrainingRig.withHead();
        StartingModel trained = new StartingModel(
                OpenModels.of(start.network(), good.tail(), Optional.of(good.model())),
                start.base(),
                start.baseLayers(),
                false);
        rig.optimizer = Optimizer.named("sgd", OptionalDouble.of(0.01));
        TrainingRequest harmful = rig.request(
                Optional.of(folder.resolve("good.zip")),
                Optional.of(new FineTuning(new Unfreezing("conv2"), 3, 60, 1, false)),
                1);
        TrainingOutcome outcome =
                rig.training(trained, harmful).run(false, rig::stopRequested).orElseThrow();
        assertThat(outcome.history()).extracting(EpochRow::epoch).containsExactly(0, 1, 2, 3);
        assertThat(outcome.best()).isEqualTo(outcome.history().get(0));
        assertThat(outcome.best().epoch()).isZero();
        assertThat(outcome.model().training().metrics())
                .containsEntry("improved", false)
                .containsEntry("epochs", 3);
        assertThat(outcome.advice(folder.resolve("m.zip")).orElseThrow())
                .startsWith("no epoch of fine-tuning was better than epoch 0 (val_loss 0.")
                .contains("m.zip is the model as it was before; try another --finetune-learning-rate");
        assertThat(good.advice(folder)).isEmpty();
        assertThat(outcome.best().valLoss())
                .isCloseTo(good.best().valLoss(), org.assertj.core.data.Offset.offset(1e-6));
        assertThat(values(outcome, "dense")).isEqualTo(values(good, "dense"));
        assertThat(values(outcome, "conv2")).isEqualTo(values(good, "conv2"));
        assertThat(outcome.model().trained()).containsExactly("dense", "dense_1");
    }

    @Test
    void fineTuningChangesTheUnfrozenLayersAndNoOthers() {
        TrainingOutcome outcome = run(rig.headThenTop(2, 6));
        assertThat(outcome.best().phase()).isEqualTo("finetune");
        assertThat(outcome.model().trained()).containsExactly("conv2", "dense", "dense_1");
        assertThat(outcome.model().cut()).isEqualTo("conv1");
        Weights before = TrainingRig.withHead().model().weights();
        Network network = outcome.model().network();
        assertThat(WeightValues.copy(network.upTo("conv1"), outcome.tail()))
                .usingRecursiveComparison()
                .isEqualTo(WeightValues.copy(network.upTo("conv1"), before));
        assertThat(values(outcome, "conv2"))
                .isNotEqualTo(WeightValues.copy(network, before).get("conv2/kernel"));
    }

    @Test
    void leavesOutWhatCannotBeReadAndCountsIt() throws IOException {
        Files.writeString(folder.resolve("data/train/left/torn.png"), "no image");
        Files.writeString(folder.resolve("data/validation/right/torn.jpg"), "no image either");
        TrainingOutcome outcome = run(rig.headThenTop(1, 1));
        assertThat(outcome.failedImages()).isEqualTo(2);
        assertThat(outcome.trainImages()).isEqualTo(24);
        assertThat(rig.notes)
                .as("once, though the images are read for both phases")
                .hasSize(2)
                .allMatch(note -> note.contains("torn") && note.contains(" is left out: "));
    }

    @Test
    void aClassWithoutImagesIsAnError() throws IOException {
        Files.createDirectories(folder.resolve("data/train/middle"));
        Files.writeString(folder.resolve("data/train/middle/torn.png"), "no image");
        assertThatThrownBy(() -> run(rig.head(1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no images to train on of middle");
    }

    @Test
    void stopsWhenTheLossRunsAway() {
        rig.optimizer = Optimizer.named("sgd", OptionalDouble.of(1e30));
        assertThatThrownBy(() -> run(rig.head(5)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("try a smaller --learning-rate (it was 1.0E30)");
    }

    @Test
    void patienceEndsAPhase() {
        OptionalInt patience = OptionalInt.of(2);
        Phase phase = rig.head(9).phases(TrainingRig.withHead()).get(0);
        assertThat(phase.isOver(List.of(), patience, LOWEST_LOSS)).isFalse();
        assertThat(phase.isOver(losses(3, 2, 2.5), patience, LOWEST_LOSS)).isFalse();
        assertThat(phase.isOver(losses(3, 2, 2.5, 2), patience, LOWEST_LOSS))
                .as("equal is no improvement")
                .isTrue();
        assertThat(phase.isOver(losses(3, 2, 2.5, 1.9), patience, LOWEST_LOSS)).isFalse();
        assertThat(phase.isOver(losses(9, 8, 7, 6, 5, 4, 3, 2, 1), patience, LOWEST_LOSS))
                .as("all epochs are done")
                .isTrue();
        assertThat(rig.headThenTop(1, 3)
                        .phases(TrainingRig.withHead())
                        .get(1)
                        .isOver(losses(1, 2, 3, 4), patience, LOWEST_LOSS))
                .as("another phase's epochs do not count")
                .isFalse();
    }

    @Test
    void balancesClassesAsScikitLearnDoes() {
        assertThat(TrainerFactory.balanced(new long[] {10, 30, 20})).containsExactly(2, 2 / 3.0, 1);
    }

    private static List<EpochRow> losses(double... losses) {
        return Arrays.stream(losses)
                .mapToObj(loss -> new EpochRow(1, 0, 0, loss, 0, 0, "head"))
                .toList();
    }

    private void assertRefused(byte[] content, String what) throws IOException {
        Files.write(rig.checkpoint(), content);
        Training training = rig.training(TrainingRig.withHead(), rig.head(2));
        assertThatThrownBy(() -> training.run(true, rig::stopRequested))
                .as(what)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is damaged; delete it");
    }

    private TrainingOutcome run(TrainingRequest request) {
        return rig.training(TrainingRig.withHead(), request)
                .run(false, rig::stopRequested)
                .orElseThrow();
    }

    private byte[] saved(TrainingOutcome outcome) throws IOException {
        Path file = folder.resolve("m.zip");
        SavedModelFile.write(file, outcome.model(), outcome.tail());
        return Files.readAllBytes(file);
    }

    private static float[] values(TrainingOutcome outcome, String layer) {
        return WeightValues.copy(outcome.model().network(), outcome.tail()).get(layer + "/kernel");
    }
}
