package cnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.cache.ContentHashes;
import cnn.cache.RecordStore;
import cnn.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
    @TempDir
    Path temporary;

    private Path root;
    private RecordStore store;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(temporary.resolve("data"));
        store = RecordStore.open(temporary.resolve("files"), 1L << 20);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void readsTheFoldersOfParts() throws IOException {
        write("train/dogs/1.jpg", "a");
        write("train/cats/2.jpg", "b");
        write("train/cats/deeper/3.JPG", "c");
        write("val/dogs/4.jpg", "d");
        write("test/cats/5.jpg", "e");
        Dataset data = read(0.5, 1);
        assertThat(data.classes()).containsExactly("cats", "dogs");
        assertThat(names(data.training())).containsExactly("2.jpg", "3.JPG", "1.jpg");
        assertThat(data.training())
                .extracting(sample -> sample.target().classIndex())
                .containsExactly(0, 0, 1);
        assertThat(names(data.validation())).containsExactly("4.jpg");
        assertThat(data.validation().get(0).target().classIndex()).isEqualTo(1);
        assertThat(names(data.test())).containsExactly("5.jpg");
        assertThat(data.notices()).containsExactly();
        assertThat(data.counts(data.training())).containsExactly(2, 1);
    }

    @Test
    void holdsBackTheSameShareOfEveryClass() throws IOException {
        fill("a", 100);
        fill("b", 37);
        fill("c", 10);
        Dataset data = read(0.2, 42);
        assertThat(data.counts(data.validation())).containsExactly(20, 7, 2);
        assertThat(data.counts(data.training())).containsExactly(80, 30, 8);
        assertThat(data.notices()).isEmpty();
    }

    @Test
    void splitsByContentAndSeedWhateverFilesAndFoldersAreCalled() throws IOException {
        fill("a", 60);
        fill("b", 60);
        Set<Sha256> before = contents(read(0.3, 5).validation());
        assertThat(contents(read(0.3, 6).validation())).isNotEqualTo(before);
        Path moved = temporary.resolve("elsewhere");
        Random random = new Random(1);
        for (String name : List.of("a", "b")) {
            Files.createDirectories(moved.resolve(name));
            try (Stream<Path> files = Files.list(root.resolve(name))) {
                for (Path file : files.toList()) {
                    Files.copy(file, moved.resolve(name).resolve(random.nextLong() + ".png"));
                }
            }
        }
        assertThat(contents(reader().read(moved, 0.3, 5).validation())).isEqualTo(before);
    }

    @Test
    void copiesOfOneImageNeverPartWhateverTheSeed() throws IOException {
        for (int i = 0; i < 60; i++) {
            write("a/" + i + ".jpg", "content " + i % 20);
            write("b/" + i + ".jpg", "content " + (10 + i));
        }
        for (long seed = 0; seed < 50; seed++) {
            Dataset data = read(0.25, seed);
            assertThat(contents(data.validation()))
                    .as("seed %d", seed)
                    .doesNotContainAnyElementsOf(contents(data.training()))
                    .isNotEmpty();
        }
    }

    @Test
    void tellsOfDuplicatesEmptyClassesAndWhatIsNoImage() throws IOException {
        write("train/cats/1.jpg", "same");
        write("train/dogs/2.jpg", "other");
        write("train/dogs/3.jpg", "same");
        write("train/dogs/Thumbs.db", "x");
        Files.createDirectories(root.resolve("train/birds"));
        write("validation/cats/4.jpg", "same");
        List<String> notices = read(0.2, 1).notices();
        assertThat(notices).hasSize(4);
        assertThat(read(0.2, 1).classes()).containsExactly("cats", "dogs");
        assertThat(notices.get(0)).isEqualTo(root.resolve("train") + " has no images of birds, which is left out");
        assertThat(notices.get(1)).endsWith(" passed over 1 file that is no image by suffix: 1 .db");
        assertThat(notices.get(2))
                .startsWith("1 images are in two of the parts")
                .contains("4.jpg");
        assertThat(notices.get(3))
                .startsWith("1 images are in the folders of two classes")
                .contains("(cats and dogs)");
    }

    @Test
    void refusesWhatCannotBeTrainedOn() throws IOException {
        assertFails("no images under");
        write("1.jpg", "x");
        write("2.jpg", "y");
        write("notes.txt", "z");
        assertFails(root + " holds 2 images but no folders of classes; sort them into one folder per class, e.g. ");
        write("a/1.jpg", "x");
        assertFails("one class only, a");
        Files.createDirectories(root.resolve("b"));
        assertFails("one class only, a");
        write("b/1.jpg", "x");
        assertThat(read(0.2, 1).training()).hasSize(2);
        write("train/a/1.jpg", "x");
        write("train/b/1.jpg", "y");
        write("test/c/1.jpg", "z");
        assertFails("has a class 'c' that is not in the training folder; there are a, b");
    }

    @Test
    void writesNothingToTheDataSet() throws IOException {
        fill("a", 10);
        fill("b", 10);
        Map<String, String> before = state();
        read(0.2, 1);
        assertThat(state()).isEqualTo(before);
    }

    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                state.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
            }
        }
        return state;
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> read(0.2, 1)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    private Dataset read(double share, long seed) {
        return reader().read(root, share, seed);
    }

    private DatasetReader reader() {
        return new DatasetReader(
                file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpg|png)"),
                new ContentHashes(store, false, Clock.systemUTC()));
    }

    private void fill(String folder, int images) throws IOException {
        for (int i = 0; i < images; i++) {
            write(folder + "/" + i + ".jpg", folder + i);
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(List<Sample> samples) {
        return samples.stream()
                .map(sample -> sample.path().getFileName().toString())
                .toList();
    }

    private static Set<Sha256> contents(List<Sample> samples) {
        return samples.stream().map(Sample::content).collect(Collectors.toSet());
    }
}
