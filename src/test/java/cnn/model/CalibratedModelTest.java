package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
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
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved models with ranges for int8. */
class CalibratedModelTest {
    private static final int IMAGES = 4;

    @TempDir
    private Path folder;

    private Path plain;

    @BeforeEach
    void writeModel() {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        plain = folder.resolve("plain.zip");
        SavedModelFile.write(plain, SavedModels.fromScratch(4), SavedModels.weights(1));
    }

    @Test
    void isRestoredByPlainDeeplearning4jAllTheSame() throws IOException {
        Path copy = folder.resolve("copy.zip");
        SavedModelFile.copy(plain, copy, calibrated());
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("coefficients.bin", "configuration.json", "cnn-int8.json", "cnn.json");
        }
        ComputationGraph graph = ModelSerializer.restoreComputationGraph(copy.toFile());
        assertThat(graph.params())
                .isEqualTo(
                        ModelSerializer.restoreComputationGraph(plain.toFile()).params());
    }

    @Test
    void computesInInt8WithWhatItHolds() {
        Path copy = folder.resolve("copy.zip");
        SavedModelFile.copy(plain, copy, calibrated());
        try (Model floats = models(Optional.empty()).open(plain, Optional.empty());
                Model whole = int8(copy, Optional.empty())) {
            assertThat(whole.calibrated()).contains(calibrated());
            assertThat(whole.identity())
                    .startsWith(floats.provenance().identity() + ", ")
                    .isNotEqualTo(floats.identity());
            float[] exact = floats.pass().run(images(), IMAGES).get(0);
            float[] near = whole.pass().run(images(), IMAGES).get(0);
            assertThat(near)
                    .usingComparatorWithPrecision(0.1f)
                    .containsExactly(exact)
                    .isNotEqualTo(exact);
        }
        assertThatThrownBy(() -> int8(plain, Optional.empty()).close())
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                .hasMessageContaining("cnn quantize -m " + plain);
    }

    @Test
    void aCopyOfACopyHoldsTheLastRangesAlone() throws IOException {
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        Path direct = folder.resolve("direct.zip");
        Calibrated others = calibrated().keeping(List.of("conv"));
        SavedModelFile.copy(plain, first, calibrated());
        SavedModelFile.copy(first, second, others);
        SavedModelFile.copy(plain, direct, others);
        assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(direct));
    }

    @Test
    void rangesThatAreGivenCountMoreThanThoseInside() {
        Path copy = folder.resolve("copy.zip");
        Path given = folder.resolve("given.json");
        SavedModelFile.copy(plain, copy, calibrated());
        Calibrated others = calibrated().keeping(List.of("conv"));
        try (Model floats = models(Optional.empty()).open(plain, Optional.empty())) {
            CalibrationFiles.write(given, floats, others);
        }
        try (Model whole = int8(copy, Optional.of(given))) {
            assertThat(whole.calibrated()).contains(others);
        }
        try (Model whole = int8(plain, Optional.of(given))) {
            assertThat(whole.calibrated()).contains(others);
        }
    }

    @Test
    void rangesOfOtherChannelsAreRefused() {
        Path given = folder.resolve("given.json");
        Calibrated sound = calibrated();
        for (String value : sound.quantization().ranges().values().keySet()) {
            Map<String, Range> ranges =
                    new TreeMap<>(sound.quantization().ranges().values());
            Range range = ranges.get(value);
            ranges.put(value, new Range(range.low(), range.high(), List.of(), range.highest(), range.means()));
            try (Model floats = models(Optional.empty()).open(plain, Optional.empty())) {
                CalibrationFiles.write(
                        given,
                        floats,
                        new Calibrated(sound.method(), 1, new Quantization(new Ranges(ranges), Set.of())));
            }
            assertThatThrownBy(() -> int8(plain, Optional.of(given)).close())
                    .as(value)
                    .isInstanceOfSatisfying(
                            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                    .hasMessageContaining("the range of " + value + " is not one of ");
        }
    }

    private Model int8(Path file, Optional<Path> given) {
        return models(Optional.of(new CalibrationFiles(given, folder.resolve("int8"))))
                .open(file, Optional.empty());
    }

    private Models models(Optional<CalibrationFiles> calibrations) {
        WeightStore store = WeightStore.of(Optional.empty(), true, Map.of(), folder, Map.of(), FetchListener.SILENT);
        return new Models(store, new ForwardPasses(Engine.ONEDNN, Precision.FP32, 1), calibrations);
    }

    private Calibrated calibrated() {
        try (Model floats = models(Optional.empty()).open(plain, Optional.empty());
                RangeObserver observer = floats.observer()) {
            observer.observe(images(), IMAGES);
            return new Calibrated(
                    RangeMethod.MINMAX, IMAGES, new Quantization(observer.ranges(RangeMethod.MINMAX), Set.of()));
        }
    }

    private static FloatBuffer images() {
        SplittableRandom random = new SplittableRandom(9);
        FloatBuffer nhwc = FloatBuffer.allocate(IMAGES * 9 * 8 * 3);
        while (nhwc.hasRemaining()) {
            nhwc.put((float) random.nextDouble(-1, 1));
        }
        return nhwc.flip();
    }
}
