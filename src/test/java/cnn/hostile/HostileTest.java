package cnn.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.cli.TrainingPictures;
import cnn.cli.Transcript;
import cnn.weights.DownloadAttacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small part of the campaign that {@code scripts/hostile} is, in process. */
class HostileTest {
    private static final long SEED = 5;

    @TempDir
    private Path folder;

    /** The first cases of each corpus are crafted, those far behind are damaged by chance. */
    @ParameterizedTest
    @CsvSource({
        "IMAGES,10000,25",
        "SAVED_MODELS,0,64",
        "SAVED_MODELS,10000,20",
        "KERAS_FILES,0,24",
        "KERAS_FILES,10000,40",
        "NAMES,0,47"
    })
    void endsEachCaseAsItMayEnd(Corpus corpus, int first, int count) throws Exception {
        IntFunction<Case> cases = corpus.cases(SEED, folder);
        List<String> wrong = new ArrayList<>();
        for (int index : IntStream.range(first, first + count).toArray()) {
            Case one = cases.apply(index);
            Transcript run = Transcript.of(one.words().toArray(String[]::new));
            Verdict.of(run.exitCode(), run.out(), run.err(), one.allowed())
                    .ifPresent(how -> wrong.add("%s %d, %s: %s".formatted(corpus, index, one.name(), how)));
            Files.deleteIfExists(one.file());
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status 404",
                "another file",
                "a page of a hotel",
                "one byte too many",
                "a hash that is not base64",
                "a part of no edition",
                "a part of edition a b",
                "an edition that is not UTF-8",
                "a part of the right edition, of wrong bytes",
                "a part that is longer than the file",
                "a part that is longer than any file"
            })
    void healsFromServersAndParts(String attack) {
        assertThat(DownloadAttacks.attack(attack, folder)).isEmpty();
    }

    @Test
    void refusesToWriteOntoWhatItReads() throws Exception {
        Path picture = folder.resolve("data/left/0.png");
        TrainingPictures.in(folder.resolve("data"), 1);
        byte[] before = Files.readAllBytes(picture);
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), picture);
        for (Path output : List.of(picture, link)) {
            Transcript run = Transcript.of("explain", "-m", "cifar10", picture.toString(), "-o", output.toString());
            assertThat(Verdict.of(run.exitCode(), run.out(), run.err(), Set.of(2)))
                    .isEmpty();
            assertThat(picture).hasBinaryContent(before);
        }
    }

    @Test
    void waitsForNoFileThatIsNone() throws Exception {
        TrainingPictures.in(folder, 1);
        Files.createSymbolicLink(folder.resolve("left/zero.png"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("left/itself.png"), Path.of("itself.png"));
        Transcript run = Transcript.of("classify", "-m", "cifar10", "-f", "csv", "-k", "1", folder.toString());
        assertThat(run.out()).contains("left/0.png", "right/0.png").doesNotContain("zero.png");
    }

    @Test
    void goesOnWithoutAHome() throws Exception {
        Path picture = Corpus.put(folder.resolve("a.png"), Pictures.encoded("png", 30, 20));
        Run run = Run.tool(
                folder, List.of("-Duser.home=/proc/nowhere"), 60, "classify", "-m", "cifar10", picture.toString());
        assertThat(Verdict.of(run.exitCode(), run.out(), run.err(), Set.of(0))).isEmpty();
    }
}
