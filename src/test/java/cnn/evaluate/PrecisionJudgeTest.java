package cnn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.classify.Calibrator;
import cnn.classify.ImagePreparation;
import cnn.classify.ImageRequest;
import cnn.cli.TrainingPictures;
import cnn.data.ImageInput;
import cnn.model.Calibrated;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.onednn.OneDnn;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.Range;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import cnn.program.Ranges;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionJudgeTest {
    private static final String RUINED = "activation_2";

    @TempDir
    private Path folder;

    private Model exact;
    private PrecisionJudge judge;
    private Calibrated sound;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        exact = new Models(
                        WeightStore.of(Optional.empty(), true, Map.of(), folder, Map.of(), FetchListener.SILENT),
                        new ForwardPasses(Engine.ONEDNN, Precision.FP32, 8))
                .classifier(new ModelRequest("cifar10", Optional.empty(), false, 42, Optional.empty()));
        List<ImageInput> images;
        try (Stream<Path> found = Files.walk(TrainingPictures.in(folder.resolve("pictures"), 10))) {
            images = found.filter(Files::isRegularFile)
                    .sorted()
                    .map(ImageInput::of)
                    .toList();
        }
        ImagePreparation preparation = new ImageRequest(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1 << 20)
                .preparation(exact);
        try (RangeObserver observer = exact.observer()) {
            int read = new Calibrator(exact, preparation, 1)
                    .observe(observer, images.iterator(), (input, why) -> {}, done -> {});
            sound = new Calibrated(
                    RangeMethod.MINMAX, read, new Quantization(observer.ranges(RangeMethod.MINMAX), Set.of()));
        }
        judge = new PrecisionJudge(exact, preparation, images, 1, 42);
    }

    @AfterEach
    void close() {
        if (exact != null) {
            exact.close();
        }
    }

    @Test
    void soundRangesLoseLittle() {
        PrecisionTrial trial = judge.trial(sound);
        assertThat(trial.images()).isEqualTo(20);
        assertThat(trial.worstDifference()).isBetween(1e-6, 0.1);
        assertThat(trial.meanDifference()).isLessThanOrEqualTo(trial.worstDifference());
        assertThat(trial.accuracy()).as("left and right are no classes of it").isEmpty();
        List<LayerNoise> noise = judge.noise(sound);
        assertThat(noise).isSortedAccordingTo(Comparator.comparing(LayerNoise::decibels));
        assertThat(noise).allMatch(layer -> layer.decibels() > 20);
    }

    @Test
    void aRuinedRangeIsSeenAndItsLayerKeptInFloat() {
        Calibrated ruined = ruined();
        assertThat(judge.trial(ruined).drop()).isGreaterThan(10);
        Calibrated mended = judge.within(0, ruined);
        assertThat(judge.trial(mended).drop()).isZero();
        assertThat(mended.quantization().inFloat())
                .containsAnyOf("conv2d_2", "conv2d_3")
                .hasSizeLessThan(4);
        assertThat(judge.within(100, ruined)).isEqualTo(ruined);
    }

    /** One value is cut off at a hundredth of its range. */
    private Calibrated ruined() {
        Map<String, Range> ranges = new TreeMap<>(sound.quantization().ranges().values());
        Range range = ranges.get(RUINED);
        ranges.put(
                RUINED,
                new Range(range.low() / 100, range.high() / 100, range.lowest(), range.highest(), range.means()));
        return new Calibrated(sound.method(), sound.images(), new Quantization(new Ranges(ranges), Set.of()));
    }
}
