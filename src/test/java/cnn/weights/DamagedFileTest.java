package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger on files as large as real ones. */
class DamagedFileTest {
    private static final Path REAL = Path.of("../shared/weights/mobilenet_2_5_224_tf.h5");

    @TempDir
    private Path directory;

    @Test
    void refusesEveryFlipAndTruncationOfARealFileAfterItsFirstUse() throws IOException {
        Assumptions.assumeTrue(Files.exists(REAL), "needs " + REAL);
        Path file = directory.resolve("real.h5");
        byte[] sound = Files.readAllBytes(REAL);
        Files.write(file, sound);
        FileTime time = Files.getLastModifiedTime(file);
        ChecksumLedger ledger = new ChecksumLedger(directory.resolve("checksums"), FetchListener.SILENT);
        VerifiedFile first = ledger.verify(file, List.of());
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 250; i++) {
            byte[] damaged = i < 200 ? flipped(sound, random) : Arrays.copyOf(sound, random.nextInt(sound.length));
            Files.write(file, damaged);
            if (i % 2 == 0) {
                Files.setLastModifiedTime(file, time);
            }
            assertThatThrownBy(() -> ledger.verify(file, List.of()))
                    .as("seed %d, change %d", seed, i)
                    .isInstanceOfSatisfying(
                            UserError.class,
                            e -> assertThat(e.kind().exitCode()).isEqualTo(4));
        }
        Files.write(file, sound);
        assertThat(ledger.verify(file, List.of()).sha256()).isEqualTo(first.sha256());
    }

    @Test
    void fingerprintsOfOneAndOfManyReadsAgree() throws IOException {
        Path file = directory.resolve("large.h5");
        byte[] bytes = new byte[(64 << 20) + 12345];
        new Random(7).nextBytes(bytes);
        Files.write(file, bytes);
        assertThat(Fingerprint.crc32csOf(file))
                .isEqualTo(Fingerprint.of(file).crc32cs())
                .hasSize(2);
        Files.write(file, Arrays.copyOf(bytes, 64 << 20));
        assertThat(Fingerprint.crc32csOf(file))
                .isEqualTo(Fingerprint.of(file).crc32cs())
                .hasSize(1);
    }

    private static byte[] flipped(byte[] sound, Random random) {
        byte[] damaged = sound.clone();
        damaged[random.nextInt(sound.length)] ^= (byte) (1 + random.nextInt(255));
        return damaged;
    }
}
