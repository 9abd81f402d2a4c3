package cnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputsTest {
    @TempDir
    private Path folder;

    private final ImageInputs inputs = new ImageInputs(path -> path.toString().endsWith(".jpg"));

    @Test
    void walksFoldersInSortedOrderAndKeepsThePathAsGiven() throws IOException {
        for (String file :
                List.of("b.jpg", "a/z.jpg", "a/y.jpg", "a/deep/x.jpg", "notes.txt", ".hidden.jpg", "c d.jpg")) {
            touch(file);
        }
        assertThat(given(folder.toString()))
                .containsExactly(
                        folder + "/a/deep/x.jpg",
                        folder + "/a/y.jpg",
                        folder + "/a/z.jpg",
                        folder + "/b.jpg",
                        folder + "/c d.jpg");
        assertThat(given(folder + "/a/")).startsWith(folder + "/a/deep/x.jpg");
    }

    @Test
    void takesAnyFileThatIsNamedWhateverItsSuffix() throws IOException {
        touch("notes.txt");
        assertThat(given(folder + "/notes.txt")).containsExactly(folder + "/notes.txt");
        assertThat(given(folder + "/absent.jpg")).containsExactly(folder + "/absent.jpg");
    }

    @Test
    void expandsGlobsUnlessAFileHasThatVeryName() throws IOException {
        touch("1.jpg");
        touch("2.jpg");
        touch("sub/3.jpg");
        assertThat(given(folder + "/*.jpg")).containsExactly(folder + "/1.jpg", folder + "/2.jpg");
        assertThat(given(folder + "/**.jpg"))
                .containsExactly(folder + "/1.jpg", folder + "/2.jpg", folder + "/sub/3.jpg");
        touch("[x].jpg");
        assertThat(given(folder + "/[x].jpg")).containsExactly(folder + "/[x].jpg");
    }

    @Test
    void answersForWhatStandsForNoImage() {
        assertThat(problems(folder.toString())).containsExactly("a folder without images");
        assertThat(problems(folder + "/*.gif")).containsExactly("matches no file");
        assertThat(problems("")).containsExactly("an empty path");
        assertThat(problems("a\0b")).hasSize(1);
        assertThat(problems(folder + "/[.jpg")).hasSize(1);
    }

    @Test
    void followsLinksButNotInCircles() throws IOException {
        touch("a/1.jpg");
        Files.createSymbolicLink(folder.resolve("a/up"), folder);
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
        assertThat(given(folder.toString())).contains(folder + "/a/1.jpg", folder + "/b/1.jpg");
    }

    @Test
    void saysWhichFolderCannotBeRead() throws IOException {
        touch("a/1.jpg");
        touch("closed/2.jpg");
        Path closed = folder.resolve("closed");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(closed), "this user may read everything");
        assertThat(given(folder.toString())).containsExactly(folder + "/a/1.jpg", folder + "/closed");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void walksPassOverPipes() throws Exception {
        touch("1.jpg");
        touch("real.png");
        assumeTrue(new ProcessBuilder("mkfifo", folder.resolve("2.jpg").toString())
                        .start()
                        .waitFor()
                == 0);
        Files.createSymbolicLink(folder.resolve("3.jpg"), folder.resolve("2.jpg"));
        Files.createSymbolicLink(folder.resolve("4.jpg"), folder.resolve("absent"));
        Files.createSymbolicLink(folder.resolve("5.jpg"), folder.resolve("real.png"));
        assertThat(given(folder.toString())).containsExactly(folder + "/1.jpg", folder + "/4.jpg", folder + "/5.jpg");
        assertThat(given(folder + "/[12].jpg")).containsExactly(folder + "/1.jpg");
        assertThat(given(folder + "/2.jpg")).as("named").containsExactly(folder + "/2.jpg");
    }

    @Test
    void takesTheNextWordOnlyWhenItIsNeeded() throws IOException {
        touch("1.jpg");
        List<String> taken = new ArrayList<>();
        Iterator<String> words = List.of(folder + "/1.jpg", folder + "/2.jpg").iterator();
        Iterator<ImageInput> images = inputs.of(new Chained<>(words, word -> {
            taken.add(word);
            return List.of(word).iterator();
        }));
        assertThat(images.next().given()).endsWith("1.jpg");
        assertThat(taken).hasSize(1);
    }

    private void touch(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.createFile(path);
    }

    private List<String> given(String... words) {
        return list(words).stream().map(ImageInput::given).toList();
    }

    private List<String> problems(String word) {
        return list(word).stream().map(input -> input.problem().orElseThrow()).toList();
    }

    private List<ImageInput> list(String... words) {
        List<ImageInput> found = new ArrayList<>();
        inputs.of(List.of(words).iterator()).forEachRemaining(found::add);
        return found;
    }
}
