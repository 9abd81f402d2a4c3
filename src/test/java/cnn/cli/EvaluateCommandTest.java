package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.golden.Shared;
import cnn.image.TestPicture;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static final String[] RANDOM = {
        "evaluate", "-m", "mobilenet-0.25", "--weights", "none", "--input-size", "32"
    };

    @TempDir
    private Path folder;

    @Test
    void agreesWithClassifyOnPhotographs() throws IOException {
        Path weights = Shared.path("weights");
        Path samples = Shared.path("imagenet-samples");
        List<String> classify = new ArrayList<>(List.of(
                "classify", "-k", "1", "-m", "mobilenet-0.25", "--models-dir", weights.toString(), "-f", "csv"));
        int images = 0;
        try (Stream<Path> files = Files.list(samples)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".JPEG")).toList()) {
                String synset = file.getFileName().toString().split("_", 2)[0];
                Path place = Files.createDirectories(folder.resolve("val").resolve(synset));
                Path copy = Files.copy(file, place.resolve(file.getFileName()));
                classify.add(copy.toString());
                images++;
            }
        }
        long right = Transcript.of(classify.toArray(String[]::new))
                .out()
                .lines()
                .skip(1)
                .filter(row -> row.matches(".*/(n\\d{8})/[^,]*,ok,1,\\1,.*"))
                .count();
        Transcript run = Transcript.of(
                "evaluate",
                "-m",
                "mobilenet-0.25",
                "--models-dir",
                weights.toString(),
                "-f",
                "json",
                folder.toString());
        Map<String, Object> figures = JSON.std.mapFrom(run.out());
        assertThat(run.exitCode()).isZero();
        assertThat(figures).containsEntry("images", images).containsEntry("failed", 0);
        assertThat(right).isGreaterThan(80);
        assertThat((Double) figures.get("accuracy")).isEqualTo((double) right / images);
        assertThat(sum(figures.get("confusion_matrix"))).isEqualTo(images);
    }

    @Test
    void writesEveryKeyOfTheContract() throws IOException {
        Transcript run = evaluate("-f", "json", data("tench", "goldfish"));
        Map<String, Object> figures = JSON.std.mapFrom(run.out());
        assertThat(figures.keySet())
                .contains("images", "failed", "loss", "accuracy", "top5_accuracy", "classes", "macro", "weighted")
                .contains("confusion_matrix", "matthews", "kappa", "calibration_error", "roc_auc");
        assertThat(figures).containsEntry("images", 4);
        assertThat(sum(figures.get("confusion_matrix"))).isEqualTo(4);
        assertThat((Double) figures.get("loss")).isCloseTo(Math.log(1000), within(0.5));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void writesTextAndCsvWithARowForEachClassAndMean() throws IOException {
        String data = data("tench", "goldfish");
        Transcript text = evaluate(data);
        assertThat(text.out()).contains("accuracy  ").contains("macro mean").contains("Note: no image was taken for ");
        Transcript csv = evaluate("-f", "csv", data);
        assertThat(csv.lines().get(0))
                .isEqualTo("model,row,class_id,name,precision,recall,f1,support,predicted,roc_auc");
        assertThat(csv.lines()).anyMatch(row -> row.startsWith("mobilenet-0.25,class,n01440764,tench,"));
        assertThat(csv.lines()).anyMatch(row -> row.startsWith("mobilenet-0.25,macro,,,"));
    }

    @Test
    void failsBelowTheAccuracyAskedFor() throws IOException {
        String data = data("tench", "goldfish");
        Transcript below = evaluate("--assert-accuracy", "0.99", data);
        assertThat(below.exitCode()).isEqualTo(1);
        assertThat(below.err()).matches("cnn: the accuracy of mobilenet-0.25 is 0\\.\\d{4}, below 0.99\n");
        assertThat(evaluate("--assert-accuracy", "0", data).exitCode()).isZero();
        assertThat(evaluate("--assert-accuracy", "95", data).exitCode()).isEqualTo(2);
    }

    @Test
    void countsImagesThatCannotBeRead() throws IOException {
        String data = data("tench", "goldfish");
        Files.writeString(Path.of(data, "tench", "torn.jpg"), "no picture");
        Transcript run = evaluate("-f", "json", data);
        assertThat(JSON.std.mapFrom(run.out())).containsEntry("images", 4).containsEntry("failed", 1);
        assertThat(run.err()).contains("torn.jpg");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void refusesClassesThatTheModelDoesNotKnow() throws IOException {
        assertFails("mobilenet-0.25 knows no class 'cats'", under("a", "tench", "cats"));
        assertFails("name the folder n02012849 or n03126707", under("b", "tench", "crane"));
        assertFails(
                "no images under", Files.createDirectory(folder.resolve("c")).toString());
        assertThat(evaluate(under("d", "n02012849", "n03126707")).exitCode()).isZero();
    }

    @Test
    void judgesByTheTestFolderElseByTheValidationFolder() throws IOException {
        data("train/cats");
        data("val/tench", "val/goldfish");
        assertThat(evaluate(folder.toString()).out()).contains("/val\n");
        data("test/goldfish");
        assertThat(evaluate(folder.toString()).out()).contains("/test\n");
    }

    @Test
    void willNotTakeTrainingImagesUnasked() throws IOException {
        data("train/tench");
        assertFails("has neither test/ nor validation/", folder.toString());
    }

    @Test
    void comparesModelsOnTheSameImages() throws IOException {
        String weights = Shared.path("weights").toString();
        String data = data("tench", "goldfish");
        String[] both = {"evaluate", "-m", "mobilenet-0.25", "-m", "mobilenet-0.75", "--models-dir", weights, data};
        Transcript run = Transcript.of(both);
        assertThat(run.out()).contains("McNemar's test against the first model, exact binomial");
        assertThat(run.out()).containsPattern("mobilenet-0\\.75 .* \\+0\\.0000 .* 1\\.0000\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void writesAPageWithItsChartsBesideIt() throws IOException {
        String data = under("data", "tench", "goldfish");
        Path report = folder.resolve("a/report");
        Transcript run = evaluate("--report", report.toString(), data);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readString(report.resolve("index.html")))
                .contains("judged by 4 images of 2 classes")
                .contains("Most confident mistakes")
                .contains("Grad-CAM");
        assertThat(report.resolve("confusion-matrix.png")).exists();
        assertThat(report.resolve("reliability.svg")).exists();
    }

    @Test
    void writesNoPageOfSeveralModelsOrIntoAFile() throws IOException {
        String data = under("data", "tench", "goldfish");
        String report = folder.resolve("report").toString();
        Transcript two = Transcript.of("evaluate", "-m", "vgg16", "-m", "mobilenet", "--report", report, data);
        assertThat(two.err()).contains("--report goes with one model");
        assertThat(two.exitCode()).isEqualTo(2);
        Path file = Files.writeString(folder.resolve("file"), "");
        Transcript taken = evaluate("--report", file.toString(), data);
        assertThat(taken.err()).contains("cannot make the folder");
        assertThat(taken.exitCode()).isEqualTo(2);
    }

    @Test
    void writesNoPageAmongItsImagesOrOverThem() throws IOException {
        String data = under("data", "tench", "goldfish");
        for (String place : List.of("data", "data/report", "data/tench", "data/../data/a/b")) {
            Transcript run = evaluate("--report", folder.resolve(place).toString(), data);
            assertThat(run.err()).contains(" lies in the data " + data).hasLineCount(1);
            assertThat(run.exitCode()).isEqualTo(2);
        }
        assertThat(folder.resolve("data/report")).doesNotExist();
        Path report = Files.createDirectories(folder.resolve("report"));
        Path picture = Files.createLink(report.resolve("roc.png"), folder.resolve("data/tench/1.jpg"));
        byte[] before = Files.readAllBytes(picture);
        Transcript over = evaluate("--report", report.toString(), data);
        assertThat(over.err()).contains("roc.png is an input").hasLineCount(1);
        assertThat(over.exitCode()).isEqualTo(2);
        assertThat(picture).hasBinaryContent(before);
        try (Stream<Path> files = Files.list(report)) {
            assertThat(files).containsExactly(picture);
        }
    }

    @Test
    void aPageThatIsNotFinishedLeavesNothingAndOneIsReplacedWhole() throws IOException {
        String data = under("data", "tench", "goldfish");
        Path report = folder.resolve("report");
        String[] failing = {"evaluate", "-m", "vgg16", "--offline", "--models-dir", data, "--report", report + "", data
        };
        assertThat(Transcript.of(failing).exitCode()).isEqualTo(4);
        assertThat(report).doesNotExist();
        Path killed = Files.createDirectories(folder.resolve(".report-123"));
        Files.writeString(killed.resolve("index.html"), "half");
        assertThat(evaluate("--report", report.toString(), data).exitCode()).isZero();
        assertThat(killed).doesNotExist();
        Files.writeString(report.resolve("index.html"), "old");
        Files.writeString(report.resolve("notes.txt"), "of the user");
        assertThat(evaluate("--report", report.toString(), data).exitCode()).isZero();
        assertThat(report.resolve("index.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(report.resolve("notes.txt")).hasContent("of the user");
        for (Path place : List.of(folder, report)) {
            try (Stream<Path> files = Files.list(place)) {
                assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
            }
        }
    }

    private Transcript evaluate(String... more) {
        return Transcript.of(Stream.concat(Stream.of(RANDOM), Stream.of(more)).toArray(String[]::new));
    }

    private void assertFails(String message, String data) {
        Transcript run = evaluate(data);
        assertThat(run.err()).contains(message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(3);
    }

    /** Two pictures for each class; gives the folder of all. */
    private String data(String... classes) throws IOException {
        for (String name : classes) {
            Path place = Files.createDirectories(folder.resolve(name));
            TestPicture.write(place.resolve("1.jpg"), 40, 30);
            TestPicture.write(place.resolve("2.jpg"), 30, 40);
        }
        return folder.toString();
    }

    private String under(String name, String... classes) throws IOException {
        data(Stream.of(classes).map(type -> name + "/" + type).toArray(String[]::new));
        return folder.resolve(name).toString();
    }

    private static int sum(Object matrix) {
        return ((List<?>) matrix)
                .stream()
                        .flatMap(row -> ((List<?>) row).stream())
                        .mapToInt(count -> (Integer) count)
                        .sum();
    }
}
