package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.classify.Calibrator;
import cnn.classify.Classification;
import cnn.classify.Classifier;
import cnn.classify.ImagePreparation;
import cnn.classify.ImageRequest;
import cnn.data.ImageInput;
import cnn.model.BundledModel;
import cnn.model.Calibrated;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.onednn.OneDnn;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
    private static final int PER_CLASS = 12;

    @TempDir
    private Path folder;

    private String pictures;
    private String ranges;

    @BeforeEach
    void drawPictures() throws IOException {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        pictures = TrainingPictures.in(folder.resolve("pictures"), PER_CLASS).toString();
        ranges = folder.resolve("ranges.json").toString();
    }

    @Test
    void tellsThePriceByImagesThatItHeldBack() throws IOException {
        Transcript run = run("quantize", "-m", "cifar10", "-o", ranges, pictures);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("model       cifar10\ncalibrated  20 images, mse\n"
                        + "judged      4 images, held back from finding the ranges\nagreement   ")
                .containsPattern("speed {7}fp32 [\\d.]+, int8 [\\d.]+ images a second: [\\d.]+ times \\(batch 8, ")
                .contains("ranges      " + ranges + "\n\nnoisiest layers ")
                .doesNotContain("accuracy");
        assertThat(Path.of(ranges)).content().startsWith("{\"format\":1,\"weights\":\"tail ");
    }

    @Test
    void tellsTheSameAsJson() throws IOException {
        Map<String, Object> told =
                JSON.std.mapFrom(quantize("-m", "cifar10", "-f", "json", "--judge", pictures + "/left")
                        .out());
        assertThat(told)
                .containsEntry("model", "cifar10")
                .containsEntry("calibration_images", 2 * PER_CLASS)
                .containsEntry("judged", "named by --judge")
                .containsEntry("judged_images", PER_CLASS)
                .containsEntry("accuracy", null)
                .containsEntry("ranges", ranges)
                .containsKeys("agreement", "agreement_interval", "worst_probability_difference", "fp32_layers");
        assertThat((List<?>) told.get("layers")).hasSizeBetween(5, 10);
    }

    @Test
    void tellsTheAccuracyWhereFoldersAreClasses() throws IOException {
        String model = train("sides.zip");
        Map<String, Object> told =
                JSON.std.mapFrom(quantize("-m", model, "-f", "json").out());
        Map<?, ?> accuracy = (Map<?, ?>) told.get("accuracy");
        assertThat(accuracy.get("fp32")).isEqualTo(1.0);
        assertThat(accuracy.get("test")).isEqualTo("McNemar, exact binomial");
        assertThat(accuracy.keySet().stream().map(Object::toString))
                .contains("int8", "difference", "difference_interval", "p");
    }

    @Test
    void orderThreadsAndBatchesChangeNothing() throws IOException {
        List<String> images = new ArrayList<>();
        try (Stream<Path> found = Files.walk(Path.of(pictures))) {
            found.filter(Files::isRegularFile).map(Path::toString).sorted().forEach(images::add);
        }
        quantize("-m", "cifar10");
        byte[] first = Files.readAllBytes(Path.of(ranges));
        for (int round = 0; round < 2; round++) {
            Collections.shuffle(images, new Random(round));
            List<String> words = new ArrayList<>(List.of("quantize", "-m", "cifar10", "--overwrite", "-o", ranges));
            words.addAll(List.of("--threads", String.valueOf(round + 1)));
            words.addAll(images);
            assertThat(run(words.toArray(String[]::new)).exitCode()).isZero();
            assertThat(Files.readAllBytes(Path.of(ranges))).isEqualTo(first);
        }
        String rows = classify("--batch-size", "8").out();
        assertThat(rows)
                .isNotEqualTo(run("classify", "-m", "cifar10", "-f", "jsonl", pictures)
                        .out());
        assertThat(classify("--batch-size", "1").out()).isEqualTo(rows);
        assertThat(classify("--batch-size", "5", "--threads", "1").out()).isEqualTo(rows);
    }

    @Test
    void classifiesAsTheLibraryDoes() throws IOException {
        quantize("-m", "cifar10", "--validation-split", "0", "--method", "entropy");
        List<ImageInput> images;
        try (Stream<Path> found = Files.walk(Path.of(pictures))) {
            images = found.filter(Files::isRegularFile)
                    .sorted()
                    .map(ImageInput::of)
                    .toList();
        }
        List<Float> expected = new ArrayList<>();
        ModelRequest request =
                new ModelRequest(BundledModel.CIFAR10.id(), Optional.empty(), false, 42, Optional.empty());
        Models models = new Models(
                WeightStore.of(Optional.empty(), true, Map.of(), folder, Map.of(), FetchListener.SILENT),
                new ForwardPasses(Engine.ONEDNN, Precision.FP32, 8));
        try (Model whole = models.classifier(request);
                Model int8 = whole.cut(whole.network().output().name());
                RangeObserver observer = int8.observer()) {
            ImagePreparation preparation = new ImageRequest(
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1 << 20)
                    .preparation(whole);
            int read = new Calibrator(whole, preparation, 2)
                    .observe(observer, images.iterator(), (input, why) -> {}, done -> {});
            int8.quantize(new Calibrated(
                    RangeMethod.ENTROPY, read, new Quantization(observer.ranges(RangeMethod.ENTROPY), Set.of())));
            new Classifier(int8, preparation, 1, 8, 2).classify(images.iterator(), answers -> {
                answers.stream().map(QuantizeCommandTest::probability).forEach(expected::add);
                return true;
            });
        }
        List<Float> rows = new ArrayList<>();
        for (String line : classify("-k", "1").lines()) {
            Map<?, ?> best = (Map<?, ?>) ((List<?>) JSON.std.mapFrom(line).get("predictions")).get(0);
            rows.add(((Number) best.get("probability")).floatValue());
        }
        assertThat(rows).hasSize(2 * PER_CLASS).isEqualTo(expected);
    }

    private static float probability(Classification answer) {
        return answer.predictions().get(0).probability();
    }

    @Test
    void leavesLayersInFloatAndSaysSo() {
        quantize("-m", "cifar10", "--keep-fp32", "conv2d", "--keep-fp32", "dense");
        assertThat(Path.of(ranges)).content().contains("\"keep_fp32\":[\"conv2d\",\"dense\"]");
        assertThat(classify("--verbose").err())
                .contains("cnn: conv2d stays in fp32: as asked", "cnn: dense stays in fp32: as asked");
        assertThat(classify().err()).doesNotContain("fp32");
    }

    @Test
    void leavesUnreadableImagesOutAndCountsThem() throws IOException {
        Files.writeString(Path.of(pictures, "left", "torn.png"), "no picture");
        Transcript run = quantize("-m", "cifar10");
        assertThat(run.err())
                .isEqualTo("cnn: " + pictures + "/left/torn.png is left out: not a JPEG, PNG, GIF, BMP, "
                        + "TIFF or WebP image\n");
        assertThat(run.out()).contains("calibrated  20 images, mse; 1 could not be read\n");
        assertThat(run.exitCode()).isZero();
        Files.writeString(folder.resolve("torn.png"), "no picture");
        Transcript none = run("quantize", "-m", "cifar10", "-q", folder + "/torn.png");
        assertThat(none.err()).startsWith("cnn: no image can be read, so there are no ranges; ");
        assertThat(none.exitCode()).isEqualTo(3);
    }

    @Test
    void copiesASavedModelThatHoldsThem() throws IOException {
        String model = train("sides.zip");
        byte[] before = Files.readAllBytes(Path.of(model));
        String copy = folder.resolve("int8.zip").toString();
        assertThat(run("quantize", "-m", model, "-o", copy, pictures).exitCode())
                .isZero();
        assertThat(Files.readAllBytes(Path.of(model))).isEqualTo(before);
        assertFails(4, "make them of a few hundred images: cnn quantize -m " + model, int8("-m", model, pictures));
        Transcript rows = run(int8("-m", copy, "-f", "csv", pictures));
        assertThat(rows.exitCode()).isZero();
        assertThat(rows.err()).isEmpty();
        assertThat(run("classify", "-m", copy, "-f", "csv", pictures).out().replace(copy, model))
                .as("in fp32 all is as it was")
                .isEqualTo(run("classify", "-m", model, "-f", "csv", pictures).out());
        assertFails(2, "would be written over", "quantize", "-m", copy, "-o", copy, "--overwrite", pictures);
        assertFails(2, "exists already", "quantize", "-m", model, "-o", copy, pictures);
        assertFails(
                2,
                "lenet5 is no saved model",
                "quantize",
                "-m",
                "lenet5",
                "--weights",
                "none",
                "-o",
                "x.zip",
                pictures);
    }

    @Test
    void refusesRangesOfOthers() throws IOException {
        quantize("-m", "cifar10");
        String other = train("sides.zip");
        assertFails(4, "holds int8 ranges for other weights: tail ", int8("-m", other, "--ranges", ranges, pictures));
        assertFails(
                2, "--ranges goes with --precision int8", "classify", "-m", "cifar10", "--ranges", ranges, pictures);
        assertFails(
                4,
                "no int8 ranges for lenet5 at (32, 32, 3); make them of a few hundred images: "
                        + "cnn quantize -m lenet5 --weights none --seed 7 IMAGES",
                int8("-m", "lenet5", "--weights", "none", "--seed", "7", pictures));
        assertFails(4, "is no file of int8 ranges", int8("-m", "cifar10", "--ranges", folder.toString(), pictures));
        assertFails(2, "has no layer 'conv9'", "quantize", "-m", "cifar10", "--keep-fp32", "conv9", pictures);
    }

    @Test
    void refusesDamagedRangesInALine() throws IOException {
        quantize("-m", "cifar10");
        String sound = Files.readString(Path.of(ranges));
        Random random = new Random(3);
        List<String> damaged = new ArrayList<>(List.of("", "{", "[]", "[".repeat(100_000), "{\"format\":2}", "null"));
        damaged.add(sound.replaceFirst("\"low\":[^,]*", "\"low\":1e999"));
        damaged.add(sound.replaceFirst("\"images\":\\d+", "\"images\":-1e99"));
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder(sound);
            int at = random.nextInt(sound.length() - 1);
            text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(5)));
            damaged.add(text.toString());
            damaged.add(sound.substring(0, at));
        }
        for (String text : damaged) {
            Files.writeString(Path.of(ranges), text);
            Transcript run = run(int8("-m", "cifar10", "--ranges", ranges, pictures));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
            assertThat(run.err().lines()).hasSize(1);
        }
    }

    @Test
    void featuresOfOtherRangesAreOthersInTheCache() throws IOException {
        quantize("-m", "cifar10");
        String coarse = folder.resolve("coarse.json").toString();
        run("quantize", "-m", "cifar10", "--keep-fp32", "conv2d", "-o", coarse, pictures);
        byte[] first = features(ranges, "24 images, 0 failed");
        assertThat(features(ranges, "24 from the cache, 0 computed")).isEqualTo(first);
        assertThat(features(coarse, "0 from the cache, 24 computed")).isNotEqualTo(first);
    }

    private byte[] features(String from, String said) throws IOException {
        Path file = folder.resolve("features.npy");
        Transcript run = run(
                "extract-features",
                "--verbose",
                "-m",
                "cifar10",
                "--precision",
                "int8",
                "--ranges",
                from,
                "--cache-dir",
                folder + "/cache",
                "-o",
                file.toString(),
                pictures);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains(said);
        return Files.readAllBytes(file);
    }

    @Test
    void evaluatesInInt8() throws IOException {
        String model = train("sides.zip");
        quantize("-m", model);
        Transcript run = run(
                "evaluate",
                "-m",
                model,
                "--precision",
                "int8",
                "--ranges",
                ranges,
                "--on",
                "all",
                "-f",
                "json",
                pictures);
        assertThat(run.exitCode()).isZero();
        assertThat(JSON.std.mapFrom(run.out()))
                .containsEntry("images", 2 * PER_CLASS)
                .containsEntry("accuracy", 1.0);
    }

    @Test
    void isRefusedWithoutVnni() throws IOException, InterruptedException {
        quantize("-m", "cifar10");
        Path err = folder.resolve("err.txt");
        for (List<String> words : List.of(
                List.of("classify", "-m", "cifar10", "--precision", "int8", "--ranges", ranges, pictures),
                List.of("quantize", "-m", "cifar10", "-o", ranges, "--overwrite", pictures))) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Duser.home=" + folder,
                    "-cp",
                    System.getProperty("java.class.path").replace("::", File.pathSeparator),
                    "cnn.cli.Main"));
            command.addAll(words);
            ProcessBuilder child = new ProcessBuilder(command)
                    .redirectError(err.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            child.environment().put("ONEDNN_MAX_CPU_ISA", "AVX2");
            child.environment().put("DNNL_MAX_CPU_ISA", "AVX2");
            assertThat(child.start().waitFor()).isEqualTo(4);
            // Newer Javas warn of native code.
            assertThat(Files.readString(err).replaceAll("WARNING: .*\n+", ""))
                    .isEqualTo("cnn: this processor has no int8 arithmetic; use --precision fp32\n");
        }
    }

    private String train(String name) {
        String model = folder.resolve(name).toString();
        Transcript run = run("train", "-m", "cifar10", "--no-cache", pictures, "-o", model);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return model;
    }

    private Transcript quantize(String... options) {
        List<String> words = new ArrayList<>(List.of("quantize", "-o", ranges, pictures));
        words.addAll(List.of(options));
        Transcript run = run(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private Transcript classify(String... options) {
        List<String> words = new ArrayList<>(List.of("-m", "cifar10", "--ranges", ranges, "-f", "jsonl", pictures));
        words.addAll(List.of(options));
        Transcript run = run(int8(words.toArray(String[]::new)));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static String[] int8(String... words) {
        return Stream.concat(Stream.of("classify", "--precision", "int8"), Stream.of(words))
                .toArray(String[]::new);
    }

    private void assertFails(int exitCode, String message, String... args) {
        Transcript run = run(args);
        assertThat(run.err()).contains(message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    }

    private static Transcript run(String... args) {
        return Transcript.of(args);
    }
}
