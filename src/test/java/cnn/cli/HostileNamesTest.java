package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.files.FileNames;
import cnn.image.ResizeMode;
import cnn.image.TestPicture;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import cnn.model.SavedModels;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of classes and of files that would steer a terminal, turn the direction of writing, or hide. */
class HostileNamesTest {
    private static final List<String> CLASSES = List.of(
            "red\u001b[31m\u0007",
            "c1\u009b31m\u0085\u007f",
            "bidi\u202egpj\u202c\u2066x\u2069\u061c\u200e\u200f",
            "lines\n\r\t\u2028\u2029end",
            "hidden\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u3164\udb40\udc41",
            "plain");

    @TempDir
    private Path folder;

    private Path base;
    private String model;
    private Path data;

    @BeforeEach
    void makeModelAndPictures() throws IOException {
        base = SavedModels.writeBase(
                Files.createDirectories(folder.resolve("models")).resolve("base.h5"), 1);
        SavedModel plain = SavedModels.onMobileNet(base, "avg", CLASSES.size(), ResizeMode.NEAREST);
        SavedModel hostile = new SavedModel(
                plain.base(),
                plain.cut(),
                plain.network(),
                plain.trained(),
                plain.preprocessing(),
                plain.loading(),
                plain.autoOrient(),
                CLASSES,
                plain.training());
        Path file = folder.resolve("m\u001b]0;x\u0007\u202e.zip");
        SavedModelFile.write(file, hostile, SavedModels.weights(1));
        model = file.toString();
        data = folder.resolve("da\u001b[2Jta");
        for (String name : CLASSES) {
            Path place = Files.createDirectories(data.resolve(name));
            TestPicture.write(place.resolve("one " + name + ".jpg"), 40, 30);
            Files.writeString(place.resolve("torn" + name + ".jpg"), "no picture");
        }
    }

    /** A folder of an awkward name with a file of weights in it. */
    private Path weights() throws IOException {
        Path weights = Files.createDirectories(folder.resolve("we\u001b[31m\u202eights"));
        return Files.write(weights.resolve("vgg16_weights_tf_dim_ordering_tf_kernels.h5"), new byte[1])
                .getParent();
    }

    @Test
    void reachNoTextForPeople() throws IOException {
        List<Transcript> said = List.of(
                run("classify", "-m", model, data.toString()),
                run("classify", "-m", model, data + "/absent\u001b[31m\u202e.jpg"),
                run("classify", "-m", "no\u001b[31m\u202esuch", data.toString()),
                run("summary", "-m", model),
                run("evaluate", "-m", model, "-m", model, data.toString()),
                run("evaluate", "-m", model, "--assert-accuracy", "1", data.toString()),
                run(
                        "explain",
                        "-m",
                        model,
                        "--class",
                        "no\u001b[31m\u202e",
                        "-o",
                        "a.png",
                        data + "/plain/one plain.jpg"),
                run("extract-features", "-m", model, "--no-cache", "-o", folder + "/f.csv", data.toString()),
                run("models", "list", "--models-dir", data.toString()),
                run("models", "path", "vgg16\u001b[31m\u202e"),
                run("models", "path", "vgg16", "--models-dir", weights().toString()),
                run("models", "verify", "--accept", data + "/absent\u001b.h5"),
                run("train", data + "/absent\u001b[31m", "-o", folder + "/x.zip"),
                run("cache", "info", "--cache-dir", folder + "/ca\u001b[31m\u202eche"),
                run("classify", "--no\u001b[31m\u202esuch", "x"));
        for (Transcript run : said) {
            assertThat(run.out() + run.err()).isNotEmpty();
            assertFit(run.out());
            assertFit(run.err());
        }
    }

    @Test
    void reachNoPage() throws IOException {
        Path report = folder.resolve("report");
        run("evaluate", "-m", model, "--report", report.toString(), data.toString());
        assertFit(Files.readString(report.resolve("index.html")));
        try (var files = Files.list(report)) {
            for (Path svg :
                    files.filter(file -> file.toString().endsWith(".svg")).toList()) {
                assertFit(Files.readString(svg));
            }
        }
    }

    @Test
    void areExactInJsonWhichEscapesThem() throws IOException {
        for (String format : List.of("json", "jsonl")) {
            String out =
                    run("classify", "-m", model, "-f", format, data.toString()).out();
            assertFit(out);
            assertThat(out).contains("\\u202E").contains("\\u007F").contains("\\u2028");
        }
        List<String> inputs = new ArrayList<>();
        for (String line :
                run("classify", "-m", model, "-f", "jsonl", data.toString()).lines()) {
            inputs.add((String) JSON.std.mapFrom(line).get("input"));
        }
        assertThat(inputs).hasSize(2 * CLASSES.size());
        CLASSES.forEach(name -> assertThat(inputs).contains(data + "/" + name + "/one " + name + ".jpg"));
        Map<String, Object> summary =
                JSON.std.mapFrom(run("summary", "-m", model, "-f", "json").out());
        assertThat(summary).containsEntry("classes", CLASSES);
        assertFit(run("evaluate", "-m", model, "-f", "json", data.toString()).out());
    }

    @Test
    void areEscapesInCsv() {
        String csv = run("classify", "-m", model, "-f", "csv", data.toString()).out();
        assertFit(csv);
        assertThat(csv).contains("\\u202e").contains("\\u001b").contains("\\n");
    }

    @Test
    void areToldApartAndOpenedThoughTheyAreNoUtf8() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("bytes"));
        List<String> names = List.of("a\udcff.jpg", "a\udcfe.jpg", "caf\udce9\udc80.jpg");
        for (String name : names) {
            Files.copy(data.resolve("plain/one plain.jpg"), pictures.resolve(FileNames.path(name)));
        }
        List<String> sorted = names.stream().sorted().toList();
        for (Transcript run : List.of(
                run("classify", "-m", model, "-f", "jsonl", pictures.toString()),
                run("classify", "-m", model, "-f", "jsonl", pictures + "/*.jpg"),
                run(
                        "classify",
                        "-m",
                        model,
                        "-f",
                        "jsonl",
                        pictures + "/" + sorted.get(0),
                        pictures + "/" + sorted.get(1),
                        pictures + "/" + sorted.get(2)))) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            List<String> inputs = new ArrayList<>();
            for (String line : run.lines()) {
                inputs.add((String) JSON.std.mapFrom(line).get("input"));
            }
            assertThat(inputs)
                    .isEqualTo(
                            sorted.stream().map(name -> pictures + "/" + name).toList());
        }
        for (String format : List.of("text", "csv")) {
            assertThat(run("classify", "-m", model, "-k", "1", "-f", format, pictures.toString())
                            .out())
                    .contains(pictures + "/a\\xff.jpg")
                    .contains(pictures + "/a\\xfe.jpg")
                    .contains(pictures + "/caf\\xe9\\x80.jpg");
        }
        for (String suffix : List.of("npy", "csv", "jsonl", "h5")) {
            Transcript run = run(
                    "extract-features", "-m", model, "--no-cache", "-o", folder + "/f." + suffix, pictures.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    @Test
    void nameClassesThoughTheyAreNoUtf8() throws Exception {
        Path training = folder.resolve("training");
        TrainingPictures.in(training, 4);
        Files.move(training.resolve("left"), training.resolve(FileNames.path("a\udcff")));
        Files.move(training.resolve("right"), training.resolve(FileNames.path("a\udcfe")));
        String own = folder.resolve("own.zip").toString();
        Transcript trained = Transcript.of(
                "train",
                "--weights",
                "none",
                "-m",
                "lenet5",
                "--epochs",
                "1",
                "-q",
                "--no-cache",
                "-o",
                own,
                training.toString());
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(JSON.std.mapFrom(trained.out())).containsEntry("classes", List.of("a\\xfe", "a\\xff"));
        Transcript judged = run("evaluate", "-m", own, "-f", "json", training.toString());
        assertThat(judged.exitCode()).as(judged.err()).isZero();
        assertThat(JSON.std.mapFrom(judged.out())).containsEntry("images", 8);
    }

    /** Lines that end with a newline, and no other character that is not there to be seen. */
    private static void assertFit(String text) {
        List<String> hidden = text.codePoints()
                .filter(c -> c != '\n'
                        && (Character.getType(c) == Character.FORMAT
                                || Character.isISOControl(c)
                                || c == 0x2028
                                || c == 0x2029
                                || c == 0x34f
                                || c == 0x3164))
                .mapToObj("%04x"::formatted)
                .distinct()
                .toList();
        assertThat(hidden).as(text).isEmpty();
    }

    private Transcript run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        if (!List.of("cache", "train", "models").contains(args[0])) {
            all.addAll(1, List.of("--models-dir", base.getParent().toString(), "--offline"));
        }
        return Transcript.of(all.toArray(String[]::new));
    }
}
