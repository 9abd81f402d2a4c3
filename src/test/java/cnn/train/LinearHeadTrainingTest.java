package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.UserError;
import cnn.classify.ImagePreparation;
import cnn.data.Sample;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.linear.LinearHeadSearch;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Precision;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearHeadTrainingTest {
    private static final LinearHead LINEAR = new LinearHead(OptionalDouble.empty(), 3, false);

    @TempDir
    Path folder;

    private TrainingRig rig;

    @BeforeEach
    void makePictures() throws IOException {
        rig = new TrainingRig(folder);
        rig.pictures(12, 6);
    }

    @Test
    void theSavedLayerGivesTheSolversProbabilities() throws ImageException {
        TrainingRequest request = rig.linear(LINEAR);
        try (Training training = rig.training(TrainingRig.withLinearHead(), request)) {
            TrainingOutcome outcome = training.run(false, () -> false).orElseThrow();
            LinearHeadSearch.Found found = outcome.solved().orElseThrow();
            assertThat(outcome.history()).containsExactly(outcome.best());
            assertThat(outcome.model().trained()).containsExactly("dense");
            assertThat(outcome.model().cut()).isEqualTo("conv2");
            Network network = outcome.model().network();
            ImagePreparation preparation = request.preparation(training.model());
            for (Sample sample : rig.data().samples().toList()) {
                FloatBuffer picture = picture(preparation, sample.path());
                double[] expected = found.model()
                        .probabilities(widened(run(network, outcome.tail(), "global_average_pooling2d", picture)));
                float[] given = run(network, outcome.tail(), "dense", picture);
                assertThat((double) given[0]).isCloseTo(expected[1], within(1e-6));
            }
        }
    }

    @Test
    void refittedOnAllImagesItHasOtherWeights() {
        LinearHeadSearch.Found plain = found(rig.linear(LINEAR));
        LinearHeadSearch.Found all = found(rig.linear(new LinearHead(OptionalDouble.empty(), 3, true)));
        assertThat(all.path()).isEqualTo(plain.path());
        assertThat(all.model().intercepts()).isNotEqualTo(plain.model().intercepts());
    }

    @Test
    void stoppedThereIsNoModel() {
        Training training = rig.training(TrainingRig.withLinearHead(), rig.linear(LINEAR));
        assertThat(training.run(false, () -> true)).isEmpty();
        assertThat(rig.checkpoint()).doesNotExist();
    }

    @Test
    void refusesToGoOnFromTheCheckpointOfAnotherTraining() {
        rig.cutOffAfter = 1;
        Training cutOff = rig.training(TrainingRig.withHead(), rig.head(3));
        assertThatThrownBy(() -> cutOff.run(false, rig::stopRequested)).isInstanceOf(TrainingRig.CutOff.class);
        Training training = rig.training(TrainingRig.withLinearHead(), rig.linear(LINEAR));
        assertThatThrownBy(() -> training.run(true, () -> false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is of a run with head avg,dropout:0.2, not linear");
        assertThat(training.run(false, () -> false)).isPresent();
        training.finish();
        assertThat(rig.checkpoint()).as("another training's").exists();
    }

    private LinearHeadSearch.Found found(TrainingRequest request) {
        return rig.training(TrainingRig.withLinearHead(), request)
                .run(false, () -> false)
                .flatMap(TrainingOutcome::solved)
                .orElseThrow();
    }

    private static FloatBuffer picture(ImagePreparation preparation, Path file) throws ImageException {
        float[] levels = new float[preparation.floats()];
        preparation.decode(ImageDecoder.encoded(file), levels);
        preparation.preprocessing().scale(levels, 0, levels.length);
        return FloatBuffer.wrap(levels);
    }

    private static float[] run(Network network, Weights weights, String layer, FloatBuffer picture) {
        try (ForwardPass pass =
                new ForwardPasses(Engine.ONEDNN, Precision.FP32, 1).open(network, weights, List.of(layer))) {
            return pass.run(picture.duplicate(), 1).get(0).clone();
        }
    }

    private static double[] widened(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < widened.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }
}
