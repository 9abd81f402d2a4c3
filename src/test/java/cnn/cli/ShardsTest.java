package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.data.ImageInput;
import cnn.data.InputRange;
import cnn.data.Shard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are divided, and put together again: byte for byte the run that was not. */
class ShardsTest {
    private static final int IMAGES = 23;
    private static final int SHARDS = 7;

    @TempDir
    private Path folder;

    private Path list;

    @BeforeEach
    void makePictures() throws IOException {
        Path pictures = folder.resolve("pictures");
        TrainingPictures.in(pictures, (IMAGES - 3) / 2);
        Files.writeString(pictures.resolve("left/broken,\"one.png"), "no image");
        try (Stream<Path> files = Files.walk(pictures)) {
            List<String> names = new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList());
            names.add(5, folder + "/absent.png");
            names.add(names.get(3));
            list = Files.write(folder.resolve("list"), names);
            assertThat(names).hasSize(IMAGES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv", "json", "txt", "parquet"})
    void classificationsAreThoseOfTheWholeRun(String suffix) throws IOException {
        assertMergesTo("rows." + suffix, "classify", "-m", "cifar10", "-k", "2", "--threshold", "0.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"npy", "csv", "jsonl", "h5", "parquet"})
    void featuresAreThoseOfTheWholeRun(String suffix) throws IOException {
        assertMergesTo("f." + suffix, "extract-features", "-m", "cifar10", "--no-cache");
    }

    @Test
    void mapsKeepTheirShape() throws IOException {
        assertMergesTo("f.h5", "extract-features", "-m", "cifar10", "--no-cache", "--pooling", "none");
        assertMergesTo("f.npy", "extract-features", "-m", "cifar10", "--no-cache", "--pooling", "none");
    }

    @Test
    void linesOfShardsInOrderAreTheWholeRunsToo() throws IOException {
        Path whole = run(Path.of("whole.jsonl"), 1, "classify", "-m", "cifar10", folder + "/pictures");
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            lines.append(
                    Transcript.of("classify", "-f", "jsonl", "-m", "cifar10", "--shard", i + "/3", folder + "/pictures")
                            .out());
        }
        assertThat(whole).hasContent(lines.toString());
    }

    @Test
    void streamsHaveNoNoteBesideThem() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var reader = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (String output : List.of(pipe.toString(), "/dev/stdout")) {
            Transcript run = Transcript.of(
                    "classify", "-f", "jsonl", "-m", "cifar10", "--shard", "1/3", "-o", output, folder + "/pictures");
            assertThat(run.exitCode()).as(run.err()).isIn(0, 1);
            assertThat(Path.of(output + ".shard")).doesNotExist();
        }
        assertThat(reader.get(10, TimeUnit.SECONDS)).isNotEmpty();
    }

    @Test
    void whatStandardInputNamesIsListedInFull() throws IOException {
        String words = Files.readString(list);
        Transcript whole = Transcript.withInput(words, "classify", "-f", "csv", "-m", "cifar10", "-");
        List<String> lines = new ArrayList<>(whole.lines().subList(0, 1));
        for (int i = 1; i <= 2; i++) {
            Transcript shard =
                    Transcript.withInput(words, "classify", "-f", "csv", "-m", "cifar10", "--shard", i + "/2", "-");
            lines.addAll(shard.lines().subList(1, shard.lines().size()));
        }
        assertThat(lines).isEqualTo(whole.lines());
    }

    @Test
    void tellsWhichShardIsMissingOrThereTwiceOrOfAnotherRun() throws IOException {
        List<String> shards = shards("rows.csv", 3, "classify", "-m", "cifar10");
        assertRefused("1 shard of 3 missing: 2", shards.get(0), shards.get(2));
        assertRefused("shard 2/3 is there twice: ", shards.get(0), shards.get(1), shards.get(1), shards.get(2));
        Path copy = folder.resolve("copy.csv");
        Files.copy(Path.of(shards.get(1)), copy);
        assertRefused(copy + " is no shard, or one that was cut off: there is no copy.csv.shard", copy.toString());
        String other =
                shards("other.csv", 3, "classify", "-m", "cifar10", "-k", "1").get(1);
        assertRefused("are not of one run: top 5, and 1", shards.get(0), other, shards.get(2));
        Files.writeString(Path.of(shards.get(2)), "one more row\n", StandardOpenOption.APPEND);
        assertRefused("was changed since its shard was finished", shards.toArray(String[]::new));
        assertThat(folder.resolve("merged")).doesNotExist();
    }

    @Test
    void neverWritesOverAShard() throws IOException {
        List<String> shards = shards("f.npy", 2, "extract-features", "-m", "cifar10", "--no-cache");
        for (String output : List.of(shards.get(0), shards.get(1) + ".csv", shards.get(1) + ".shard")) {
            Transcript run = Transcript.of("merge", "-o", output, shards.get(0), shards.get(1));
            assertThat(run.err()).contains("is an input");
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 1", "7, 7, 1", "3, 7, 1", "0, 2, 1", "1000, 7, 8", "1001, 3, 8", "5, 2, 8"})
    void divideAllInputsIntoContiguousRangesOfWholeUnits(long inputs, int of, int unit) {
        long next = 0;
        for (int i = 1; i <= of; i++) {
            Shard shard = new Shard(i, of);
            assertThat(shard.first(inputs, unit)).isEqualTo(next);
            next = shard.end(inputs, unit);
            assertThat(next % unit == 0 || next == inputs).isTrue();
            assertThat((next - shard.first(inputs, unit)) * of).isBetween(inputs - of * unit, inputs + of * unit);
        }
        assertThat(next).isEqualTo(inputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/3", "4/3", "3", "a/b", "-1/2", "1/0"})
    void refusesWhatIsNoShard(String words) {
        Transcript run = Transcript.of("classify", "-m", "cifar10", "--shard", words, "sample-images/airliner.jpg");
        assertThat(run.err()).contains("shard").hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void saysThatInputsWentAwayWhileTheyWereListed() {
        var names = Collections.nCopies(4, ImageInput.of(Path.of("a.png")));
        InputRange range = InputRange.of(new Shard(2, 2), names.iterator(), 1);
        var again = range.of(names.subList(0, 3).iterator());
        again.next();
        assertThatThrownBy(again::hasNext)
                .hasMessage("the inputs changed while they were listed: 4 were there, then 3");
    }

    private void assertMergesTo(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(words));
        command.add("--batch-size");
        command.add("4");
        command.addAll(Files.readAllLines(list));
        String[] whole = command.toArray(String[]::new);
        Path expected = run(Path.of("whole-" + name), 1, whole);
        List<String> shards = shards(name, SHARDS, whole);
        Collections.shuffle(shards, new Random(1));
        List<String> merge =
                new ArrayList<>(List.of("merge", "-o", folder.resolve(name).toString()));
        merge.addAll(shards);
        Transcript merged = Transcript.of(merge.toArray(String[]::new));
        assertThat(merged.err()).isEqualTo("%d images, 2 failed -> %s\n".formatted(IMAGES, folder.resolve(name)));
        assertThat(merged.exitCode()).isEqualTo(1);
        assertThat(folder.resolve(name)).hasSameBinaryContentAs(expected);
        if (name.endsWith(".npy")) {
            assertThat(folder.resolve(name + ".csv"))
                    .hasSameBinaryContentAs(expected.resolveSibling(expected.getFileName() + ".csv"));
        }
    }

    /** The files of all shards. */
    private List<String> shards(String name, int of, String... words) throws IOException {
        List<String> shards = new ArrayList<>();
        for (int i = 1; i <= of; i++) {
            List<String> command = new ArrayList<>(Arrays.asList(words));
            command.addAll(List.of("--shard", i + "/" + of));
            if (command.stream().noneMatch(word -> word.endsWith(".png"))) {
                command.add(folder + "/pictures");
            }
            shards.add(run(Path.of(i + "-" + name), -1, command.toArray(String[]::new))
                    .toString());
        }
        return shards;
    }

    private Path run(Path name, int exitCode, String... words) {
        Path output = folder.resolve(name);
        List<String> command = new ArrayList<>(Arrays.asList(words));
        command.addAll(List.of("-o", output.toString()));
        Transcript run = Transcript.of(command.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isIn(exitCode < 0 ? List.of(0, 1) : List.of(exitCode));
        return output;
    }

    private void assertRefused(String message, String... shards) {
        List<String> command =
                new ArrayList<>(List.of("merge", "-o", folder.resolve("merged").toString()));
        command.addAll(List.of(shards));
        Transcript run = Transcript.of(command.toArray(String[]::new));
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(3);
    }
}
