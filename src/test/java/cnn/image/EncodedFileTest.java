package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.image.ImageException.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsAPipeToItsEnd() throws Exception {
        Path pipe = pipe();
        byte[] png = TestImages.encoded("png", 300, 200);
        write(pipe, png, png.length);
        assertThat(EncodedFile.read(pipe)).isEqualTo(png);
    }

    @Test
    void givesUpOnAPipeThatNobodyWritesInto() throws Exception {
        Path pipe = pipe();
        assertTimeoutPreemptively(
                Duration.ofSeconds(15),
                () -> assertFails(pipe, Code.UNREADABLE_IMAGE, "no byte came out of it within 5 seconds"));
    }

    @Test
    void endsAtTheLimitOfAPipeThatNeverEnds() throws Exception {
        Path pipe = pipe();
        write(pipe, TestImages.encoded("png", 3, 2), Long.MAX_VALUE);
        assertFails(pipe, Code.TOO_LARGE, "more than 268435456 bytes, which is the limit");
    }

    @Test
    void refusesAFileOfGigabytesWithoutReadingIt() throws Exception {
        Path sparse = Files.write(folder.resolve("sparse.png"), TestImages.encoded("png", 3, 2));
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(2_500_000_000L);
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertFails(sparse, Code.TOO_LARGE, "more than 1073741824 bytes, which is the limit"));
    }

    @Test
    void readsNoMoreThanTheHeadOfADevice() {
        Path zeros = Path.of("/dev/zero");
        assumeTrue(Files.exists(zeros));
        assertFails(zeros, Code.UNSUPPORTED_FORMAT, "not a JPEG");
    }

    private static void assertFails(Path file, Code code, String message) {
        assertThatThrownBy(() -> EncodedFile.read(file))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.png");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        return pipe;
    }

    /** Writes the bytes, and zeros behind them, until that many are written or nobody reads any more. */
    private static void write(Path pipe, byte[] bytes, long length) {
        Thread writer = new Thread(() -> {
            try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(bytes);
                byte[] zeros = new byte[1 << 20];
                for (long written = bytes.length; written < length; written += zeros.length) {
                    out.write(zeros);
                }
            } catch (IOException e) {
                return; // the reader has had enough
            }
        });
        writer.setDaemon(true);
        writer.start();
    }
}
