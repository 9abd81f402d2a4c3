package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import cnn.files.Sha256;
import cnn.golden.Shared;
import cnn.image.AspectRatio;
import cnn.image.ColorMode;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import cnn.model.SavedModels;
import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file wherever a network's name may stand. */
class SavedModelCommandsTest {
    @TempDir
    private Path folder;

    private Path base;
    private String model;
    private String picture;

    @BeforeEach
    void trainNothing() throws IOException {
        base = SavedModels.writeBase(
                Files.createDirectories(folder.resolve("models")).resolve("base.h5"), 1);
        model = write("model.zip", "avg,dropout:0.5,dense:8:relu", 3, ResizeMode.BILINEAR, 1);
        picture = picture("a.png", 1);
    }

    @Test
    void classifiesWithTheFoldersNames() throws IOException {
        Transcript run = run("classify", "-m", model, "-f", "jsonl", picture);
        assertThat(run.err()).isEmpty();
        Map<String, Object> row = JSON.std.mapFrom(run.out());
        assertThat(row).containsEntry("model", model).containsEntry("status", "ok");
        assertThat((List<?>) row.get("predictions")).hasSize(3).allSatisfy(prediction -> {
            Map<?, ?> fields = (Map<?, ?>) prediction;
            assertThat(fields.get("class_id")).isEqualTo(fields.get("label")).isEqualTo("class" + fields.get("index"));
        });
        assertThat(run.exitCode()).isZero();
        assertThat(run("classify", "-m", model, "-f", "jsonl", picture("b.png", 2))
                        .out())
                .as("another picture")
                .doesNotContain(run.out().substring(run.out().indexOf("\"predictions\"")));
    }

    @Test
    void givesBothClassesOfASigmoidUnit() throws IOException {
        String two = write("two.zip", "avg", 2, ResizeMode.NEAREST, 1);
        Map<String, Object> row = JSON.std.mapFrom(
                run("classify", "-m", two, "-f", "jsonl", picture).out());
        double sum = ((List<?>) row.get("predictions"))
                .stream()
                        .mapToDouble(one -> ((Number) ((Map<?, ?>) one).get("probability")).doubleValue())
                        .sum();
        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void resizesAsInTrainingUnlessToldOtherwise() {
        String trained = run("classify", "-m", model, "-f", "csv", picture).out();
        assertThat(run("classify", "-m", model, "-f", "csv", "--resize", "bilinear", picture)
                        .out())
                .isEqualTo(trained);
        assertThat(run("classify", "-m", model, "-f", "csv", "--resize", "nearest", picture)
                        .out())
                .isNotEqualTo(trained);
    }

    @Test
    void loadsImagesAsInTrainingUnlessToldOtherwise() throws IOException {
        Loading loading = new Loading(ResizeMode.HAMMING, AspectRatio.PAD, ColorMode.GRAYSCALE);
        Path padded = folder.resolve("padded.zip");
        SavedModelFile.write(padded, SavedModels.onMobileNet(base, "avg", 3, loading), SavedModels.weights(1));
        String trained =
                run("classify", "-m", padded.toString(), "-f", "csv", picture).out();
        String[][] same = {{"--aspect", "pad"}, {"--color", "grayscale"}, {"--resize", "hamming"}};
        for (String[] options : same) {
            assertThat(classified(padded, options)).isEqualTo(trained);
        }
        String[][] others = {{"--aspect", "stretch"}, {"--color", "rgb"}, {"--resize", "box"}, {"--aspect", "keep"}};
        for (String[] options : others) {
            assertThat(classified(padded, options)).as(options[1]).isNotEqualTo(trained);
        }
        assertThat(run("summary", padded.toString()).out())
                .contains("Images: resize hamming, aspect pad, color grayscale\n");
        assertThat(classified(padded, "--resize", "center-crop"))
                .as("which has proportions of its own")
                .contains("class");
        assertFails(
                2,
                "--aspect goes with another --resize",
                with(new String[] {"classify", "-m", model, picture}, "--resize", "center-crop", "--aspect", "pad"));
    }

    private String classified(Path model, String... options) {
        return run(with(new String[] {"classify", "-m", model.toString(), "-f", "csv", picture}, options))
                .out();
    }

    @Test
    void saysWhichWeightsAreNeededWhenTheyAreMissingOrOthers() throws IOException {
        String sha256 = Sha256.of(Files.readAllBytes(base)).toString();
        Path moved = Files.move(base, folder.resolve("moved.h5"));
        assertFails(4, model + " needs the weights base.h5 with sha256 " + sha256, "classify", "-m", model, picture);
        Transcript found = run("classify", "-m", model, "--weights", moved.toString(), picture);
        assertThat(found.err()).isEmpty();
        Path other = SavedModels.writeBase(folder.resolve("other.h5"), 2);
        String otherSha256 = Sha256.of(Files.readAllBytes(other)).toString();
        assertFails(
                4,
                "with sha256 %s; %s has sha256 %s".formatted(sha256, other, otherSha256),
                "classify",
                "-m",
                model,
                "--weights",
                other.toString(),
                picture);
        assertFails(2, "has been trained; leave it out", "classify", "-m", model, "--weights", "none", picture);
    }

    @Test
    void refusesADamagedModelEverywhere() throws IOException {
        Path damaged = folder.resolve("damaged.zip");
        byte[] bytes = Files.readAllBytes(Path.of(model));
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        for (String[] command : new String[][] {
            {"classify", "-m", damaged.toString(), picture},
            {"extract-features", "-m", damaged.toString(), "-o", folder + "/f.npy", picture},
            {"summary", "-m", damaged.toString()},
            {"export", damaged.toString(), "--to", "h5", "-o", folder + "/e.h5"}
        }) {
            assertFails(4, damaged + ": damaged, or no model that `cnn train` wrote", command);
        }
        assertFails(4, "cannot read the model absent.zip: no such file", "classify", "-m", "absent.zip", picture);
        assertFails(4, "models is a folder", "classify", "-m", folder + "/models", picture);
        assertThat(folder.resolve("e.h5")).doesNotExist();
    }

    @Test
    void takesFeaturesOfAnyLayerAndTellsTailsApartInTheCache() throws IOException {
        byte[] first = features(model, "--layer", "dense");
        assertThat(first).hasSize(128 + 8 * Float.BYTES);
        assertThat(features(model, "--layer", "dense")).isEqualTo(first);
        String retrained = write("retrained.zip", "avg,dropout:0.5,dense:8:relu", 3, ResizeMode.BILINEAR, 2);
        byte[] second = features(retrained, "--layer", "dense");
        assertThat(second).isNotEqualTo(first);
        assertThat(features(retrained, "--no-cache", "--layer", "dense")).isEqualTo(second);
        assertThat(features(model)).as("the base's last map, pooled").hasSize(128 + 256 * Float.BYTES);
        assertFails(
                2,
                model + " has no layer 'fc2'; see `cnn summary -m " + model + "`",
                "extract-features",
                "-m",
                model,
                "--layer",
                "fc2",
                "-o",
                folder + "/f.npy",
                picture);
    }

    @Test
    void findsThePublishedWeightsOfItsBase() throws IOException {
        for (String weights : List.of("mobilenet_2_5_224_tf_no_top.h5", "mobilenet_2_5_224_tf.h5")) {
            base = Shared.path("weights").resolve(weights);
            String published = write("published.zip", "avg", 3, ResizeMode.NEAREST, 1);
            byte[] ofBase = features("mobilenet-0.25", "--input-size", "32", "--no-cache");
            assertThat(features(published, "--no-cache")).isEqualTo(ofBase);
        }
    }

    @Test
    void takesAnotherSizeWhereTheHeadAllowsIt() throws IOException {
        assertThat(run("classify", "-m", model, "--input-size", "64", picture).exitCode())
                .isZero();
        String flat = write("flat.zip", "flatten,dense:4", 3, ResizeMode.NEAREST, 1);
        assertFails(
                2,
                "--input-size 64x64: layer dense of " + flat + " was trained for images of 32x32",
                "classify",
                "-m",
                flat,
                "--input-size",
                "64",
                picture);
    }

    @Test
    void summarisesBaseAndHead() throws IOException {
        String text = run("summary", "-m", model).out();
        int head = 256 * 8 + 8 + 8 * 3 + 3;
        String sha256 = Sha256.of(Files.readAllBytes(base)).toString();
        assertThat(text)
                .contains("Total params: " + String.format("%,d", 218_544 + head))
                .contains("Trainable params: " + String.format("%,d", head))
                .contains("Non-trainable params: 218,544")
                .contains("Base: mobilenet-0.25, 86 layers with 218,544 parameters; weights base.h5, sha256 " + sha256)
                .contains("Head: global_average_pooling2d, dropout, dense, dense_1; 4 layers with 2,083 parameters")
                .contains("Trained: dense, dense_1; the others were frozen")
                .contains("Classes: class0, class1, class2");
        Map<String, Object> json =
                JSON.std.mapFrom(run("summary", "-m", model, "-f", "json").out());
        assertThat(json)
                .containsEntry("trainable_params", head)
                .containsEntry("non_trainable_params", 218_544)
                .containsEntry("classes", List.of("class0", "class1", "class2"))
                .containsEntry(
                        "base",
                        Map.of(
                                "name",
                                "mobilenet-0.25",
                                "weights_file",
                                "base.h5",
                                "weights_sha256",
                                sha256,
                                "layers",
                                86,
                                "params",
                                218_544));
        assertThat(run("summary", "-m", model, "--no-top").out()).contains("Total params: 218,544");
    }

    @Test
    void worksWithAModelThatWasTrainedFromScratch() throws IOException {
        SavedModel scratch = SavedModels.fromScratch(4);
        Path file = folder.resolve("scratch.zip");
        SavedModelFile.write(file, scratch, SavedModels.weights(3));
        Transcript run = run("classify", "-m", file.toString(), "-f", "csv", picture);
        assertThat(run.lines()).hasSize(1 + 4);
        assertThat(run.lines().get(1)).contains(",ok,1,Klasse \u00e4 ");
        assertThat(run("summary", "-m", file.toString()).out())
                .doesNotContain("Base:")
                .contains("Trained: all layers");
        assertFails(
                2,
                "all weights of " + file + " are its own",
                "classify",
                "-m",
                file.toString(),
                "--weights",
                "x.h5",
                picture);
        String[] extract = {"extract-features", "-m", file.toString(), picture, "-o"};
        Path features = folder.resolve("f.npy");
        assertThat(run(with(extract, features.toString())).err()).isEqualTo("1 image, 0 failed -> " + features + "\n");
        Path named = folder.resolve("named.npy");
        run(with(extract, named.toString(), "--layer", "reshape_1"));
        assertThat(features)
                .as("what goes into the convolution that stands for the last dense layer")
                .hasSameBinaryContentAs(named);
        assertThat(run("extract-features", "-m", "cifar10", "-o", folder + "/c.npy", picture)
                        .exitCode())
                .isZero();
        run("extract-features", "-m", "cifar10", "-o", folder + "/c.csv", picture);
        assertThat(Files.readAllLines(folder.resolve("c.csv")).get(0)).endsWith(",f127");
    }

    @Test
    void exportsWhatGivesTheSameAnswersBitForBit() throws IOException {
        String h5 = folder.resolve("out.h5").toString();
        assertThat(run("export", model, "--to", "h5", "-o", h5).err()).isEmpty();
        List<String> expected = probabilities(run("classify", "-m", model, "-f", "csv", picture));
        assertThat(probabilities(run("classify", "--weights", h5, "--resize", "bilinear", "-f", "csv", picture)))
                .isEqualTo(expected)
                .hasSize(3);
        assertFails(2, h5 + " exists already; --overwrite replaces it", "export", model, "--to", "h5", "-o", h5);
        assertThat(run("export", model, "--to", "h5", "--overwrite", "-o", h5).err())
                .isEmpty();
        assertThat(run("export", model, "--to", "h5", "-o", "/dev/null").exitCode())
                .isZero();
        Files.delete(base);
        assertFails(4, "needs the weights base.h5", "export", model, "--to", "h5", "-o", folder + "/no.h5");
        assertThat(folder.resolve("no.h5")).doesNotExist();
        assertFails(2, "expected one of [KERAS, H5]", "export", model, "--to", "onnx", "-o", h5);
        assertFails(2, "Missing required", "export", model, "--to", "h5");
        assertFails(
                2, "the suffix tells no format; say --to keras or --to h5", "export", model, "-o", folder + "/model");
    }

    @Test
    void classifiesWithoutLoadingNd4j() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(
                "classify", "-m", model, "--models-dir", base.getParent().toString(), picture));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(words).redirectOutput(log.toFile()).start();
        assumeThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("cnn.model.SavedModelFile "))
                .noneMatch(line -> line.contains("org.nd4j.linalg") || line.contains("org.deeplearning4j"));
    }

    /** Label and probability of each row. */
    private static List<String> probabilities(Transcript run) {
        return run.lines().stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(fields -> fields[5] + " " + fields[6])
                .toList();
    }

    private byte[] features(String file, String... options) throws IOException {
        Path output = folder.resolve("f.npy");
        List<String> args = new ArrayList<>(List.of("extract-features", "-m", file, "-o", output.toString()));
        args.addAll(List.of("--cache-dir", folder + "/cache"));
        args.addAll(List.of(options));
        args.add(picture);
        Transcript run = run(args.toArray(String[]::new));
        assertThat(run.err()).isEqualTo("1 image, 0 failed -> " + output + "\n");
        return Files.readAllBytes(output);
    }

    private void assertFails(int exitCode, String message, String... args) {
        Transcript run = run(args);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    }

    /** The command with the folder of the base's weights, where it takes one. */
    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private Transcript run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(1, List.of("--models-dir", base.getParent().toString(), "--offline"));
        return Transcript.of(all.toArray(String[]::new));
    }

    private String write(String name, String head, int classes, ResizeMode resize, long seed) throws IOException {
        Path file = folder.resolve(name);
        SavedModelFile.write(file, SavedModels.onMobileNet(base, head, classes, resize), SavedModels.weights(seed));
        return file.toString();
    }

    private String picture(String name, int seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(40, 50, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 50; i++) {
            image.setRGB(i % 40, i / 40, random.nextInt());
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file.toString();
    }
}
