package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advice, and training by it, with the network that comes with the tool. */
class AdviseCommandTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void makePictures() throws IOException {
        data = TrainingPictures.in(folder.resolve("my photos"), 15);
    }

    @Test
    void endsWithACommandThatTrainsWhatItProposes() throws IOException {
        Map<String, Object> advice = JSON.std.mapFrom(advise("-f", "json").out());
        assertThat(advice)
                .containsEntry("classes", List.of("left", "right"))
                .containsEntry("class_counts", List.of(12, 12))
                .containsEntry("tried_images", 24)
                .containsEntry("left_out", List.of());
        List<Map<String, Object>> candidates = candidates(advice);
        assertThat(candidates).hasSizeGreaterThan(2);
        assertThat(candidates)
                .extracting(row -> (Double) row.get("accuracy"))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .allMatch(accuracy -> accuracy >= 0 && accuracy <= 1);
        assertThat(candidates).allMatch(row -> (Double) row.get("leep") <= 0);
        assertThat(candidates).filteredOn(row -> row.get("end").equals(true)).hasSize(1);
        Map<String, Object> proposed = candidates.stream()
                .filter(row -> row.get("proposed").equals(true))
                .findFirst()
                .orElseThrow();
        assertThat(candidates)
                .filteredOn(row -> row.get("accuracy").equals(candidates.get(0).get("accuracy")))
                .as("among equals the cheapest")
                .allMatch(row -> cost(row) >= cost(proposed) || logLoss(row) > logLoss(proposed));
        String command = (String) advice.get("command");
        assertThat(command).startsWith("cnn train '" + data + "' -m cifar10 ").doesNotContain("&&");
        Map<String, Object> trained = run(command);
        assertThat(trained).containsEntry("complete", true).containsEntry("solver", "lbfgs");
        assertThat(Transcript.of("summary", "-m", (String) trained.get("model")).out())
                .contains("\n" + proposed.get("layer") + " (");
    }

    @Test
    void saysTheSameInEveryFormatAndAgain() throws IOException {
        Transcript text = advise();
        assertThat(text.lines().get(0))
                .matches(" +network +layer +features +cost +accuracy +95 % +log loss +LogME +LEEP .*");
        assertThat(text.lines()).filteredOn(line -> line.startsWith("*")).hasSize(1);
        assertThat(text.out())
                .contains("\ndata          24 training images of 2 classes, 12 each\n")
                .contains("\nquadrant      little data (12 training images a class; much is from 500), ")
                .contains("\nfine-tuning   ");
        Map<String, Object> json = JSON.std.mapFrom(advise("-f", "jsonl").out());
        assertThat(text.lines().get(text.lines().size() - 1)).isEqualTo(json.get("command"));
        List<String> csv = advise("-f", "csv").lines();
        assertThat(csv.get(0))
                .isEqualTo("network,layer,end,features,multiply_adds,accuracy,accuracy_low,accuracy_high,log_loss,"
                        + "penalty,logme,leep,seconds,predicted_seconds,proposed");
        List<Map<String, Object>> candidates = candidates(json);
        assertThat(csv).hasSize(1 + candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            Map<String, Object> row = candidates.get(i);
            assertThat(csv.get(i + 1))
                    .startsWith("%s,%s,%s,%s,%s,%s,"
                            .formatted(
                                    row.get("network"),
                                    row.get("layer"),
                                    row.get("end"),
                                    row.get("features"),
                                    row.get("multiply_adds"),
                                    row.get("accuracy")));
        }
    }

    @Test
    void triesAsMuchAsTheBudgetAllowsAndSaysWhatItDoesNot() throws IOException {
        Path many = TrainingPictures.in(folder.resolve("many"), 150);
        Transcript run =
                Transcript.of("advise", many.toString(), "-m", "cifar10", "--budget", "1s", "--no-cache", "-f", "json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .isEqualTo(
                        "cnn: tried on 200 of 240 training images, of each class its share, chosen by content and seed "
                                + "42, to be done within --budget\n");
        Map<String, Object> advice = JSON.std.mapFrom(run.out());
        assertThat(advice).containsEntry("tried_images", 200).containsEntry("class_counts", List.of(120, 120));
        Map<?, ?> tuning = (Map<?, ?>) advice.get("fine_tuning");
        assertThat((String) tuning.get("words"))
                .as("a fast machine may have time for it")
                .matches(
                        tuning.get("tried").equals(true)
                                ? "(pays|not shown to pay) .*"
                                : "not tried \\(all layers, 5 epochs at 0\\.0001\\): would take .* (s|min)");
    }

    @Test
    void keepsTheOptionsThatMatterToTheTraining() throws IOException {
        String command = (String) JSON.std
                .mapFrom(advise("-f", "json", "--resize", "bilinear", "--no-auto-orient", "--seed", "7")
                        .out())
                .get("command");
        assertThat(command)
                .contains(" --resize bilinear ")
                .contains(" --no-auto-orient ")
                .contains(" --seed 7 ");
        assertThat(run(command)).containsEntry("complete", true);
    }

    @Test
    void trainAutoDoesWhatAdviceProposes() throws IOException {
        Map<String, Object> advice = JSON.std.mapFrom(Transcript.of(
                        "advise",
                        data.toString(),
                        "--models-dir",
                        folder.toString(),
                        "--offline",
                        "--cache-dir",
                        cache(),
                        "-f",
                        "json")
                .out());
        Path model = folder.resolve("auto.zip");
        Transcript run = Transcript.of(
                "train", data.toString(), "--auto", "--budget", "1m", "--cache-dir", cache(), "-o", model.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("cnn: chosen: ").contains("cnn: fine-tuning: ");
        Map<String, Object> summary = JSON.std.mapFrom(run.out());
        assertThat((String) summary.get("auto")).startsWith((String) ((Map<?, ?>) advice.get("proposed")).get("why"));
        assertThat(Transcript.of("summary", "-m", model.toString()).out())
                .contains("\n" + ((Map<?, ?>) advice.get("proposed")).get("layer") + " (");
        Transcript again = Transcript.of(
                "train",
                data.toString(),
                "--auto",
                "--budget",
                "1m",
                "--cache-dir",
                cache(),
                "--resume",
                "-o",
                model.toString());
        assertThat(again.out()).isEqualTo(run.out());
        assertThat(again.err()).contains("done already");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        for (List<String> options : List.of(
                List.of("-m", "cifar10"),
                List.of("--head", "avg"),
                List.of("--layer", "activation"),
                List.of("--penalty", "1"),
                List.of("--epochs", "3"),
                List.of("--optimizer", "adam"))) {
            List<String> words = new ArrayList<>(List.of("train", data.toString(), "--auto", "-o", folder + "/no.zip"));
            words.addAll(options);
            Transcript run = Transcript.of(words.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).endsWith(" says what --auto is to find out; leave one of them out\n");
        }
        assertRefused(2, "add --auto", "train", data.toString(), "--budget", "1m", "-o", folder + "/no.zip");
        assertRefused(2, "is no time", "advise", data.toString(), "--budget", "soon");
        assertRefused(
                2,
                "given twice",
                "advise",
                data.toString(),
                "-m",
                "cifar10",
                "-m",
                "here",
                "--models-dir",
                data.toString());
        assertThat(folder.resolve("no.zip")).doesNotExist();
        String picture = data + "/left/0.png";
        assertRefused(
                2,
                "is an input and would be written over",
                "advise",
                data.toString(),
                "-m",
                "cifar10",
                "-f",
                "json",
                "-o",
                picture);
        assertThat(Files.exists(Path.of(picture))).isTrue();
    }

    @Test
    void failsOnBadDataAsTrainDoes() throws IOException {
        Path one = folder.resolve("one");
        TrainingPictures.picture(one.resolve("left/1.png"), 1, true);
        assertSameFailure(one);
        assertSameFailure(Files.createDirectories(folder.resolve("empty")));
        assertSameFailure(folder.resolve("nowhere"));
        Path torn = folder.resolve("torn");
        for (String file : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            Files.createDirectories(torn.resolve(file).getParent());
            Files.writeString(torn.resolve(file), "no image " + file);
        }
        Transcript run = Transcript.of("advise", torn.toString(), "-m", "cifar10", "--validation-split", "0.5");
        Transcript train = Transcript.of(
                "train", torn.toString(), "-m", "cifar10", "--validation-split", "0.5", "-o", folder + "/no.zip");
        assertThat(run.exitCode()).isEqualTo(train.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(" is left out: ").endsWith(last(train.err()));
    }

    @Test
    void leavesOutAnImageThatCannotBeRead() throws IOException {
        Files.writeString(data.resolve("left/torn.png"), "no image");
        Transcript run = advise("-f", "json", "--validation-split", "0.1");
        assertThat(run.err()).containsOnlyOnce("torn.png is left out: ");
        assertThat(run.exitCode()).isZero();
    }

    private void assertSameFailure(Path images) {
        Transcript train = Transcript.of("train", images.toString(), "-m", "cifar10", "-o", folder + "/no.zip");
        Transcript run = Transcript.of("advise", images.toString(), "-m", "cifar10");
        assertThat(run.err()).isEqualTo(train.err());
        assertThat(run.exitCode()).isEqualTo(train.exitCode()).isIn(2, 3);
    }

    private static void assertRefused(int code, String words, String... args) {
        Transcript run = Transcript.of(args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(words);
    }

    private Transcript advise(String... options) {
        List<String> words =
                new ArrayList<>(List.of("advise", data.toString(), "-m", "cifar10", "--cache-dir", cache()));
        words.addAll(Arrays.asList(options));
        Transcript run = Transcript.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private String cache() {
        return folder + "/cache";
    }

    private static List<Map<String, Object>> candidates(Map<String, Object> advice) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object row : (List<?>) advice.get("candidates")) {
            Map<String, Object> copy = new LinkedHashMap<>();
            ((Map<?, ?>) row).forEach((name, value) -> copy.put((String) name, value));
            rows.add(copy);
        }
        return rows;
    }

    private static int cost(Map<String, Object> row) {
        return (Integer) row.get("multiply_adds");
    }

    private static double logLoss(Map<String, Object> row) {
        return (Double) row.get("log_loss");
    }

    /** Runs a command line as a shell would take it, with the model in the test's folder. */
    private Map<String, Object> run(String command) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : command.split(" (?=(?:[^']*'[^']*')*[^']*$)")) {
            words.add(word.replace("'", ""));
        }
        assertThat(words.get(0)).isEqualTo("cnn");
        int output = words.indexOf("-o") + 1;
        assertThat(words.get(output)).isEqualTo("my photos.zip");
        words.set(output, folder.resolve(words.get(output)).toString());
        Transcript run = Transcript.of(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JSON.std.mapFrom(run.out());
    }

    private static String last(String text) {
        return text.lines().reduce((first, second) -> second).orElseThrow() + "\n";
    }
}
