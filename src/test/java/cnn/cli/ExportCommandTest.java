package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.image.ResizeMode;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import cnn.model.SavedModels;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models given to Keras, and read back. */
class ExportCommandTest {
    private static final String IMAGE = "sample-images/daisy.jpg";
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";

    @TempDir
    private Path folder;

    private Path base;
    private String model;

    @BeforeEach
    void trainNothing() throws IOException {
        base = SavedModels.writeBase(
                Files.createDirectories(folder.resolve("models")).resolve("base.h5"), 1);
        Path file = folder.resolve("model.zip");
        SavedModel saved = SavedModels.onMobileNet(base, "avg,dropout:0.5,dense:8:relu", 3, ResizeMode.NEAREST);
        SavedModelFile.write(file, saved, SavedModels.weights(1));
        model = file.toString();
    }

    @ParameterizedTest
    @CsvSource({"out.keras,", "out.keras,--bare", "out.h5,", "out.h5,--with-scaling"})
    void isReadBackWithTheSameAnswersAndNames(String name, String place) throws IOException {
        String out = folder.resolve(name).toString();
        Transcript exported = place == null ? run("export", model, "-o", out) : run("export", model, place, "-o", out);
        assertThat(exported.err()).isEmpty();
        Transcript read = run("classify", "-m", out, "-f", "csv", IMAGE);
        assertThat(read.err()).isEmpty();
        assertThat(read.out())
                .isEqualTo(run("classify", "-m", model, "-f", "csv", IMAGE).out());
        assertThat(totals(out)).isEqualTo(totals(model));
    }

    @ParameterizedTest
    @CsvSource({"out.keras", "out.h5"})
    void saysHowPicturesWereReadInTraining(String name) throws IOException {
        SavedModel cropped = SavedModels.onMobileNet(base, "avg,dense:8:relu", 3, ResizeMode.LANCZOS);
        SavedModelFile.write(Path.of(model), cropped, SavedModels.weights(1));
        String out = folder.resolve(name).toString();
        assertThat(run("export", model, "-o", out).err()).isEmpty();
        String again = folder.resolve("again-" + name).toString();
        assertThat(run("export", out, "-o", again).err()).isEmpty();
        String answers = run("classify", "-m", model, "-f", "csv", IMAGE).out();
        for (String exported : List.of(out, again)) {
            assertThat(run("classify", "-m", exported, "-f", "csv", IMAGE).out())
                    .isEqualTo(answers)
                    .isEqualTo(run("classify", "-m", exported, "-f", "csv", "--resize", "lanczos", IMAGE)
                            .out())
                    .isNotEqualTo(run("classify", "-m", exported, "-f", "csv", "--resize", "nearest", IMAGE)
                            .out());
        }
    }

    @Test
    void nestsTheBaseFrozenAndInInferenceMode() throws IOException {
        Path out = folder.resolve("out.keras");
        run("export", model, "-o", out.toString());
        Map<?, ?> outer = (Map<?, ?>) json(out, "config.json").get("config");
        List<Map<?, ?>> layers = layers(outer);
        assertThat(layers.stream().map(layer -> (Object) layer.get("class_name")))
                .containsExactly(
                        "InputLayer", "Rescaling", "Functional", "GlobalAveragePooling2D", "Dropout", "Dense", "Dense");
        Map<?, ?> call = (Map<?, ?>) ((List<?>) layers.get(2).get("inbound_nodes")).get(0);
        assertThat(((Map<?, ?>) call.get("kwargs")).get("training")).isEqualTo(false);
        Map<?, ?> base = (Map<?, ?>) layers.get(2).get("config");
        assertThat((Object) base.get("trainable")).isEqualTo(false);
        assertThat(layers(base).stream().skip(1)).isNotEmpty().allSatisfy(layer -> assertThat(
                        (Object) ((Map<?, ?>) layer.get("config")).get("trainable"))
                .isEqualTo(false));
        assertThat((Object) ((Map<?, ?>) layers.get(6).get("config")).get("trainable"))
                .isEqualTo(true);
        assertThat((Object) ((Map<?, ?>) json(out, "config.json").get("compile_config")).get("loss"))
                .isEqualTo("sparse_categorical_crossentropy");
        assertThat(json(out, "metadata.json"))
                .containsEntry("keras_version", "3.3.3")
                .containsEntry("cnn_scaling", "tf")
                .containsEntry("cnn_classes", List.of("class0", "class1", "class2"))
                .containsKey("date_saved");
    }

    @Test
    void tellsTheOptimizerAsItWas() throws IOException {
        Path data = TrainingPictures.in(folder.resolve("data"), 4);
        String[] plain = {"--optimizer", "sgd"};
        String[] other = {"--optimizer", "sgd", "--momentum", "0.5", "--nesterov", "--clipnorm", "2"};
        assertThat(optimizer(data, "plain", plain)).isEqualTo(Map.of("learning_rate", 0.01, "momentum", 0.9));
        assertThat(optimizer(data, "other", other))
                .isEqualTo(Map.of("learning_rate", 0.01, "momentum", 0.5, "nesterov", true, "clipnorm", 2.0));
        assertThat(optimizer(data, "adam", "--optimizer", "adam", "--amsgrad", "--lr", "0.002"))
                .isEqualTo(Map.of("learning_rate", 0.002, "amsgrad", true));
    }

    private Map<?, ?> optimizer(Path data, String name, String... options) throws IOException {
        String trained = folder.resolve(name + ".zip").toString();
        List<String> words = new ArrayList<>(List.of("train", data.toString(), "-m", "lenet5", "-o", trained));
        words.addAll(List.of("--weights", "none", "--epochs", "1"));
        words.addAll(List.of(options));
        assertThat(run(words.toArray(String[]::new)).exitCode()).isZero();
        Path out = folder.resolve(name + ".keras");
        assertThat(run("export", trained, "-o", out.toString()).err())
                .startsWith("cnn: " + trained + " holds a calibration")
                .hasLineCount(1);
        Map<?, ?> compiled = (Map<?, ?>) json(out, "config.json").get("compile_config");
        return (Map<?, ?>) ((Map<?, ?>) compiled.get("optimizer")).get("config");
    }

    /** Keras takes a fourth member for one of its assets, and maps the weights where they are stored. */
    @Test
    void storesThreeMembers() throws IOException {
        Path out = folder.resolve("out.keras");
        run("export", model, "-o", out.toString());
        try (ZipFile zip = new ZipFile(out.toFile())) {
            assertThat(zip.stream())
                    .allMatch(member -> member.getMethod() == ZipEntry.STORED && member.getExtra() == null)
                    .extracting(ZipEntry::getName)
                    .containsExactly("metadata.json", "config.json", "model.weights.h5");
        }
    }

    @Test
    void convertsWhatKerasSavedWithoutTouchingItsPixels() {
        String keras = folder.resolve("tiny.keras").toString();
        String back = folder.resolve("back.h5").toString();
        String scaled = folder.resolve("scaled.keras").toString();
        assertThat(run("export", TINY, "-o", keras).err()).isEmpty();
        assertThat(run("export", keras, "--to", "h5", "-o", back).err()).isEmpty();
        assertThat(run("export", TINY, "--with-scaling", "-o", scaled).err()).isEmpty();
        String expected = run("classify", "-m", TINY, "-f", "csv", IMAGE).out();
        assertThat(IntStream.range(0, 3).mapToObj(i -> run(
                                "classify", "-m", List.of(keras, back, scaled).get(i), "-f", "csv", IMAGE)
                        .out()))
                .containsOnly(expected);
        assertThat(run("summary", keras).out()).isEqualTo(run("summary", TINY).out());
        assertThat(run("summary", scaled).out()).contains("rescaling (Rescaling)");
    }

    @ParameterizedTest
    @CsvSource({"caffe,rgb_to_bgr (Conv2D)", "torch,normalization (Normalization)", "0..1,rescaling (Rescaling)"})
    void scalesInsideAsBefore(String scale, String layer) {
        String out = folder.resolve("out.keras").toString();
        assertThat(run("export", TINY, "--scale", scale, "--with-scaling", "-o", out)
                        .err())
                .isEmpty();
        assertThat(run("summary", out).out()).contains(layer);
        Transcript before = run("classify", "-m", TINY, "--scale", scale, "-f", "csv", IMAGE);
        assertThat(run("classify", "-m", out, "-f", "csv", IMAGE)).isEqualTo(before);
        Transcript inside = run("classify", "-m", out, "--scale", "0..255", "-f", "csv", IMAGE);
        assertThat(probabilities(inside)).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(probabilities(inside)[i])
                    .as("computed by the layers")
                    .isCloseTo(probabilities(before)[i], within(2e-5));
        }
    }

    @Test
    void refusesWhatSaysTwoThingsOrNothing() throws IOException {
        String out = folder.resolve("out.keras").toString();
        assertFails(2, "mutually exclusive", "export", model, "--bare", "--with-scaling", "-o", out);
        assertFails(2, "the suffix tells no format", "export", model, "-o", folder + "/model");
        assertThat(run("export", model, "-o", out).exitCode()).isZero();
        assertFails(2, "--overwrite replaces it", "export", model, "-o", out);
        assertFails(2, "", "export", out, "--overwrite", "-o", out);
        Path unknown = folder.resolve("unknown.h5");
        byte[] tiny = Files.readAllBytes(Path.of(TINY));
        String text = new String(tiny, StandardCharsets.ISO_8859_1).replace("conv_dw_1", "conv_dw_0");
        Files.writeString(unknown, text, StandardCharsets.ISO_8859_1);
        assertFails(
                2,
                "nothing in " + unknown + " tells how pixels are scaled; say it with --scale",
                "export",
                unknown.toString(),
                "--with-scaling",
                "-o",
                folder + "/u.keras");
        assertThat(folder.resolve("u.keras")).doesNotExist();
    }

    private static double[] probabilities(Transcript csv) {
        return csv.out()
                .lines()
                .skip(1)
                .map(line -> line.split(","))
                .sorted((a, b) -> a[5].compareTo(b[5]))
                .mapToDouble(fields -> Double.parseDouble(fields[6]))
                .toArray();
    }

    private List<?> totals(String name) throws IOException {
        Map<String, Object> summary =
                JSON.std.mapFrom(run("summary", name, "-f", "json").out());
        return List.of(summary.get("total_params"), summary.get("trainable_params"), summary.get("multiply_adds"));
    }

    private static List<Map<?, ?>> layers(Map<?, ?> config) {
        List<Map<?, ?>> layers = new ArrayList<>();
        ((List<?>) config.get("layers")).forEach(layer -> layers.add((Map<?, ?>) layer));
        return layers;
    }

    private static Map<String, Object> json(Path archive, String member) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile());
                InputStream in = zip.getInputStream(zip.getEntry(member))) {
            return JSON.std.mapFrom(in);
        }
    }

    private void assertFails(int exitCode, String message, String... words) {
        Transcript run = run(words);
        assertThat(run.exitCode()).as(Arrays.toString(words) + run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains(message);
    }

    private Transcript run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!words[0].equals("summary")) {
            all.addAll(1, List.of("--models-dir", base.getParent().toString(), "--offline"));
        }
        return Transcript.of(all.toArray(String[]::new));
    }
}
