package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.classify.ImagePreparation;
import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.Novelty;
import cnn.data.Sample;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.SavedModelFile;
import cnn.network.ForwardPass;
import cnn.program.Precision;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out when a training has come to its end: the calibration, and rows that tell novelty. */
class AfterwardsTest {

    @TempDir
    Path folder;

    private TrainingRig rig;

    @BeforeEach
    void makePictures() throws IOException {
        rig = new TrainingRig(folder);
        rig.pictures(12, 6);
    }

    @Test
    void keepsWhatTheModelSaysOfTheValidationImages() throws ImageException {
        for (TrainingRequest request : List.of(rig.head(2), rig.headThenTop(1, 2), rig.linear(linear(false)))) {
            try (Training training = rig.training(start(request), request)) {
                TrainingOutcome outcome = training.run(false, () -> false).orElseThrow();
                ConfidenceCalibration found = outcome.model().calibration().orElseThrow();
                assertThat(found.source()).isEqualTo(ConfidenceCalibration.Source.VALIDATION);
                assertThat(found.images()).isEqualTo(12);
                float[] expected = new float[12];
                for (int i = 0; i < 12; i++) {
                    Sample sample = rig.data().validation().get(i);
                    float second = run(training, outcome, "dense" + suffix(outcome), sample)[0];
                    expected[i] = sample.target().classIndex() == 1 ? second : 1 - second;
                }
                Arrays.sort(expected);
                float[] given = found.scores().probabilities().clone();
                Arrays.sort(given);
                assertThat(given).containsExactly(expected, within(1e-5f));
            }
        }
    }

    @Test
    void judgesByFoldsWhereAllIsLearntFrom() {
        ConfidenceCalibration found =
                outcome(rig.linear(linear(true))).model().calibration().orElseThrow();
        assertThat(found.source()).isEqualTo(ConfidenceCalibration.Source.OUT_OF_FOLD);
        assertThat(found.images()).isEqualTo(36);
        assertThat(found.scores().images()).isEqualTo(36);
    }

    @Test
    void aModelThatIsNotCompleteHasNone() {
        rig.novelty = true;
        rig.stopAfter = 1;
        TrainingRequest request = rig.head(5);
        try (Training training = rig.training(start(request), request)) {
            TrainingOutcome outcome = training.run(false, rig::stopRequested).orElseThrow();
            assertThat(outcome.model().training().complete()).isFalse();
            assertThat(outcome.model().calibration()).isEmpty();
            assertThat(outcome.novelty()).isEmpty();
        }
    }

    @Test
    void keepsTheFeaturesThatTheFinishedModelGives() throws ImageException, IOException {
        rig.novelty = true;
        rig.picture("train/left/copy.png", 0, true);
        for (TrainingRequest request : List.of(rig.head(2), rig.headThenTop(1, 2), rig.linear(linear(false)))) {
            try (Training training = rig.training(start(request), request)) {
                TrainingOutcome outcome = training.run(false, () -> false).orElseThrow();
                Novelty novelty = outcome.novelty().orElseThrow();
                List<float[]> rows = new ArrayList<>();
                for (Sample sample : rig.data().training()) {
                    if (!sample.path().endsWith("copy.png")) {
                        rows.add(run(training, outcome, novelty.layer(), sample));
                    }
                }
                assertThat(novelty.rows()).hasDimensions(24, rows.get(0).length);
                assertThat(novelty.threshold()).isCloseTo(Novelty.of("", rows).threshold(), within(1e-4));
                Path file = folder.resolve("m.zip");
                SavedModelFile.write(file, outcome.model(), outcome.tail(), training.calibrated(), outcome.novelty());
                try (SavedModelFile read = SavedModelFile.open(file)) {
                    assertThat(read.novelty().orElseThrow())
                            .usingRecursiveComparison()
                            .isEqualTo(novelty);
                    assertThat(read.model().calibration())
                            .usingRecursiveComparison()
                            .isEqualTo(outcome.model().calibration());
                }
            }
        }
    }

    @Test
    void nothingIsKeptUnlessItIsAskedFor() {
        assertThat(outcome(rig.linear(linear(false))).novelty()).isEmpty();
    }

    private TrainingOutcome outcome(TrainingRequest request) {
        try (Training training = rig.training(start(request), request)) {
            return training.run(false, () -> false).orElseThrow();
        }
    }

    private static StartingModel start(TrainingRequest request) {
        return request.linear().isPresent() ? TrainingRig.withLinearHead() : TrainingRig.withHead();
    }

    private static LinearHead linear(boolean refitAll) {
        return new LinearHead(OptionalDouble.empty(), 3, refitAll);
    }

    private static String suffix(TrainingOutcome outcome) {
        return outcome.solved().isPresent() ? "" : "_1";
    }

    private static float[] run(Training training, TrainingOutcome outcome, String layer, Sample sample)
            throws ImageException {
        ImagePreparation preparation = training.request().preparation(training.model());
        float[] nhwc = preparation.prepare(ImageDecoder.encoded(sample.path()), new float[preparation.floats()]);
        try (ForwardPass pass = new ForwardPasses(Engine.ONEDNN, Precision.FP32, 1)
                .open(outcome.model().network(), outcome.tail(), List.of(layer))) {
            return pass.run(FloatBuffer.wrap(nhwc), 1).get(0).clone();
        }
    }
}
