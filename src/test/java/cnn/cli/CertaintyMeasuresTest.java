package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.ConfidenceCalibration.Source;
import cnn.confidence.ConformalScores;
import cnn.confidence.Novelty;
import cnn.confidence.Temperature;
import cnn.confidence.TemperatureEffect;
import cnn.golden.Npy;
import cnn.linear.LinearHeadSearch;
import cnn.linear.LinearModel;
import cnn.linear.Samples;
import cnn.metrics.RocCurve;
import cnn.metrics.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Whether calibration keeps its promises on real photographs and weights; takes some minutes. */
@EnabledIfSystemProperty(named = "cnn.certainty", matches = "all")
class CertaintyMeasuresTest {
    private static final Path SHARED = Path.of("../shared");
    private static final int SEEDS = 20;

    @TempDir
    static Path folder;

    private static Rows pets;
    private static Rows flowers;
    private static Rows cifar;
    private static Rows cifarSeenByMobileNet;

    /** Features and classes of images. */
    private record Rows(double[][] features, int[] labels, int classes) {
        List<float[]> floats(int[] rows) {
            return IntStream.of(rows)
                    .mapToObj(row -> {
                        float[] floats = new float[features[row].length];
                        for (int j = 0; j < floats.length; j++) {
                            floats[j] = (float) features[row][j];
                        }
                        return floats;
                    })
                    .toList();
        }

        int[] all() {
            return IntStream.range(0, labels.length).toArray();
        }
    }

    @BeforeAll
    static void extract() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SHARED.resolve("datasets")), () -> SHARED + "/datasets is absent");
        pets = rows("mobilenet-0.75", SHARED.resolve("datasets/cats_and_dogs_small"));
        flowers = rows("mobilenet-0.75", SHARED.resolve("datasets/flower_photos"));
        Path pictures = folder.resolve("cifar");
        try (ZipFile zip =
                new ZipFile(SHARED.resolve("datasets/cifar10-jpg.zip").toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                if (entry.getName().matches("(.*/)?test/[^/]+/.*\\.jpg")) {
                    Path file = pictures.resolve(entry.getName()).normalize();
                    Files.createDirectories(file.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        cifar = rows("cifar10", pictures);
        Path some = folder.resolve("some");
        for (String kind : List.of("airplane", "cat", "frog", "ship")) {
            try (var files = Files.walk(pictures)) {
                for (Path file : files.filter(path -> path.getParent().endsWith(kind))
                        .sorted()
                        .limit(125)
                        .toList()) {
                    Path copy = some.resolve(kind).resolve(file.getFileName());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        cifarSeenByMobileNet = rows("mobilenet-0.75", some);
    }

    @Test
    void setsCoverWhatTheyPromise() {
        cover("cats and dogs", pets, 0.127, 1_000, 400, 400);
        cover("CIFAR-10", cifar, 0.0144, 2_000, 400, 400);
        cover("flowers", flowers, 0.0616, 200, 150, 150);
    }

    @Test
    void theTemperatureHalvesAnErrorThatIsLarge() {
        halve("cats and dogs, C = 10", pets, 10, 400, 400);
        halve("CIFAR-10, C = 10", cifar, 10, 1_000, 1_000);
        halve("CIFAR-10, C = 0.0144", cifar, 0.0144, 1_000, 1_000);
        halve("flowers, C = 10", flowers, 10, 100, 150);
    }

    @Test
    void noveltyTellsOtherPicturesFromFlowers() {
        double[] sums = new double[5];
        for (int seed = 0; seed < 5; seed++) {
            int[] order = order(flowers, seed);
            Novelty novelty = Novelty.of("x", flowers.floats(Arrays.copyOf(order, 400)));
            List<float[]> held = flowers.floats(Arrays.copyOfRange(order, 400, 500));
            List<float[]> small = cifarSeenByMobileNet.floats(cifarSeenByMobileNet.all());
            List<float[]> animals = pets.floats(pets.all());
            sums[0] += area(novelty, held, small) / 5;
            sums[1] += area(novelty, held, animals) / 5;
            sums[2] += flagged(novelty, held) / 5;
            sums[3] += flagged(novelty, small) / 5;
            sums[4] += flagged(novelty, animals) / 5;
        }
        System.out.printf(
                "novelty, flowers: AUROC CIFAR-10 %.4f, cats and dogs %.4f; flagged %.4f of flowers, %.4f, %.4f%n",
                sums[0], sums[1], sums[2], sums[3], sums[4]);
        assertThat(sums[0]).isGreaterThan(0.95);
        assertThat(sums[1]).isGreaterThan(0.9);
    }

    private static void cover(String name, Rows rows, double penalty, int training, int calibrating, int testing) {
        double[] levels = {0.9, 0.95};
        double[] means = new double[levels.length];
        for (int seed = 0; seed < SEEDS; seed++) {
            int[] order = order(rows, seed);
            LinearModel model = fit(rows, penalty, Arrays.copyOf(order, training));
            Scores held = scores(rows, model, Arrays.copyOfRange(order, training, training + calibrating));
            Scores test = scores(
                    rows, model, Arrays.copyOfRange(order, training + calibrating, training + calibrating + testing));
            ConformalScores scores = ConfidenceCalibration.of(
                            Source.VALIDATION,
                            held,
                            Temperature.ONE,
                            IntStream.range(0, calibrating).toArray())
                    .scores();
            for (int l = 0; l < levels.length; l++) {
                float least = scores.least(levels[l]);
                long covered = IntStream.range(0, testing)
                        .filter(i -> test.probabilities()[i][test.actual()[i]] >= least)
                        .count();
                means[l] += (double) covered / testing / SEEDS;
                int[] interval = betaBinomial(calibrating, testing, levels[l]);
                assertThat((int) covered)
                        .as("%s, seed %d, %s of %d", name, seed, levels[l], testing)
                        .isBetween(interval[0], interval[1]);
            }
        }
        System.out.printf("conformal, %s: mean coverage %.4f and %.4f%n", name, means[0], means[1]);
        for (int l = 0; l < levels.length; l++) {
            assertThat(Math.abs(means[l] - levels[l])).as(name).isLessThan(0.01);
        }
    }

    private static void halve(String name, Rows rows, double penalty, int training, int calibrating) {
        double before = 0;
        double after = 0;
        double temperature = 0;
        int tested = rows.labels().length - training - calibrating;
        for (int seed = 0; seed < 5; seed++) {
            int[] order = order(rows, seed);
            LinearModel model = fit(rows, penalty, Arrays.copyOf(order, training));
            Temperature found = Temperature.fit(
                            scores(rows, model, Arrays.copyOfRange(order, training, training + calibrating)))
                    .orElseThrow();
            TemperatureEffect effect = TemperatureEffect.of(
                    found, scores(rows, model, Arrays.copyOfRange(order, training + calibrating, order.length)));
            before += effect.before().calibrationError() / 5;
            after += effect.after().calibrationError() / 5;
            temperature += found.value() / 5;
        }
        System.out.printf("ECE, %s: %.4f, at temperature %.2f %.4f, on %d%n", name, before, temperature, after, tested);
        if (before > 0.03 && tested >= 1_000) { // of fewer images 15 bins show as much by chance
            assertThat(after).as(name).isLessThanOrEqualTo(before / 2);
        }
    }

    /** The counts between which 99 % of the tests lie, by the beta-binomial distribution. */
    private static int[] betaBinomial(int calibrating, int testing, double level) {
        int place = (int) Math.ceil((calibrating + 1) * level - 1e-9);
        int other = calibrating + 1 - place;
        double sum = 0;
        int low = -1;
        int high = testing;
        for (int k = 0; k <= testing; k++) {
            sum += Math.exp(beta(k + place, testing - k + other)
                    - beta(place, other)
                    - Math.log(testing + 1)
                    - beta(k + 1, testing - k + 1));
            low = low < 0 && sum >= 0.005 ? k : low;
            high = sum < 0.995 ? k + 1 : high;
        }
        return new int[] {low, Math.min(high, testing)};
    }

    private static double beta(double a, double b) {
        return Gamma.logGamma(a) + Gamma.logGamma(b) - Gamma.logGamma(a + b);
    }

    private static double area(Novelty novelty, List<float[]> known, List<float[]> other) {
        List<float[]> all = new ArrayList<>(known);
        all.addAll(other);
        int[] actual = IntStream.range(0, all.size())
                .map(i -> i < known.size() ? 0 : 1)
                .toArray();
        float[][] rows = all.stream()
                .map(novelty::of)
                .map(far -> new float[] {(float) (1 / (1 + far)), (float) (far / (1 + far))})
                .toArray(float[][]::new);
        return RocCurve.of(new Scores(actual, rows), 1).get(0).area();
    }

    private static double flagged(Novelty novelty, List<float[]> rows) {
        return rows.stream().filter(row -> novelty.of(row) > 1).count() / (double) rows.size();
    }

    private static LinearModel fit(Rows rows, double penalty, int[] training) {
        double[][] features =
                IntStream.of(training).mapToObj(row -> rows.features()[row]).toArray(double[][]::new);
        int[] labels = IntStream.of(training).map(row -> rows.labels()[row]).toArray();
        return new LinearHeadSearch(OptionalDouble.of(penalty), 2, 1, 2)
                .find(Samples.of(features, labels, rows.classes()), new LinearHeadSearch.Listener() {
                    @Override
                    public void fitted(int done, int all) {}

                    @Override
                    public void working() {}
                })
                .model();
    }

    private static Scores scores(Rows rows, LinearModel model, int[] chosen) {
        return new Scores(
                IntStream.of(chosen).map(row -> rows.labels()[row]).toArray(),
                IntStream.of(chosen)
                        .mapToObj(row -> model.floats(rows.features()[row]))
                        .toArray(float[][]::new));
    }

    private static int[] order(Rows rows, long seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rows.labels().length).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Rows rows(String model, Path images) throws IOException {
        Path file = folder.resolve(model + images.getFileName() + ".npy");
        Transcript run = Transcript.of(
                "extract-features",
                "-q",
                "-m",
                model,
                "--models-dir",
                SHARED.resolve("weights").toString(),
                "-o",
                file.toString(),
                images.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> inputs = Files.readAllLines(Path.of(file + ".csv"));
        List<String> kinds = inputs.stream()
                .skip(1)
                .map(line ->
                        Path.of(line.split(",")[1]).getParent().getFileName().toString())
                .toList();
        List<String> classes = kinds.stream().distinct().sorted().toList();
        ByteBuffer numbers = Npy.numbers(Files.readAllBytes(file));
        double[][] features = new double[kinds.size()][numbers.remaining() / Float.BYTES / kinds.size()];
        for (double[] row : features) {
            for (int j = 0; j < row.length; j++) {
                row[j] = numbers.getFloat();
            }
        }
        return new Rows(features, kinds.stream().mapToInt(classes::indexOf).toArray(), classes.size());
    }
}
