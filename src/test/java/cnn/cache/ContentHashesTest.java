package cnn.cache;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashesTest {
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock LATER = Clock.offset(NOW, Duration.ofMinutes(1));

    @TempDir
    Path temporary;

    private RecordStore store;
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        store = RecordStore.open(temporary.resolve("files"), 1L << 20);
        file = temporary.resolve("image.jpg");
        Files.writeString(file, "one");
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @Test
    void remembersWhatWasReadUntilTheFileChanges() throws IOException {
        ContentHashes hashes = new ContentHashes(store, false, LATER);
        assertThat(hashes.recall(file)).isEmpty();
        assertThat(hashes.read(file, Files::readAllBytes).hash()).isEqualTo(hash("one"));
        assertThat(hashes.recall(file)).hasValue(hash("one"));
        Files.writeString(file, "other");
        assertThat(hashes.recall(file)).isEmpty();
    }

    @Test
    void trustsNoStampOfTheLastTwoSeconds() throws IOException {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        for (int millis : new int[] {0, 1_000, 1_990}) {
            Clock soon = Clock.fixed(modified.plusMillis(millis), ZoneOffset.UTC);
            new ContentHashes(store, false, soon).read(file, Files::readAllBytes);
            assertThat(new ContentHashes(store, false, LATER).recall(file)).isEmpty();
        }
        new ContentHashes(store, false, LATER).read(file, Files::readAllBytes);
        assertThat(new ContentHashes(store, false, LATER).recall(file)).isPresent();
        Clock soon = Clock.fixed(modified.plusMillis(1_990), ZoneOffset.UTC);
        assertThat(new ContentHashes(store, false, soon).recall(file)).isEmpty();
    }

    @Test
    void aTimeInTheFutureIsNotTrusted() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.instant().plusSeconds(3_600)));
        ContentHashes hashes = new ContentHashes(store, false, LATER);
        hashes.read(file, Files::readAllBytes);
        assertThat(hashes.recall(file)).isEmpty();
    }

    @Test
    void doesNotRememberAFileThatChangedWhileItWasRead() throws IOException {
        ContentHashes hashes = new ContentHashes(store, false, LATER);
        ContentHashes.Content read = hashes.read(file, path -> {
            byte[] bytes = Files.readAllBytes(path);
            Files.writeString(path, "two");
            return bytes;
        });
        assertThat(read.hash()).isEqualTo(hash("one"));
        assertThat(hashes.recall(file)).isEmpty();
    }

    @Test
    void twoThousandEditsOfTheSameSizeGiveNoStaleHash() throws IOException {
        Random random = new Random(11);
        Path[] files = new Path[20];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.write(temporary.resolve(i + ".jpg"), new byte[64]);
        }
        ContentHashes trusting = new ContentHashes(store, false, LATER);
        ContentHashes verifying = new ContentHashes(store, true, LATER);
        for (int edit = 0; edit < 2_000; edit++) {
            Path edited = files[random.nextInt(files.length)];
            trusting.read(edited, Files::readAllBytes);
            FileTime before = Files.getLastModifiedTime(edited);
            byte[] content = new byte[64];
            random.nextBytes(content);
            Files.write(edited, content);
            boolean sameTime = random.nextBoolean();
            if (sameTime) {
                Files.setLastModifiedTime(edited, before);
            }
            ContentHashes asking = sameTime ? verifying : trusting;
            Sha256 answer = asking.recall(edited).orElseGet(() -> asking.read(edited, ContentHashesTest::bytes)
                    .hash());
            assertThat(answer).as("edit %d", edit).isEqualTo(Sha256.of(content));
        }
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sha256 hash(String content) {
        return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    }
}
