package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to the bytes of an image, the decoder gives pixels or an {@link ImageException}. */
class DamagedImagesTest {
    private static final ImageDecoder DECODER = new ImageDecoder(1_000_000, true);

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tif", "webp"})
    void givesPixelsOrAnImageException(String suffix) throws IOException {
        List<byte[]> images = images(suffix);
        int decoded = 0;
        int refused = 0;
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            byte[] damaged = damaged(images.get(seed % images.size()), random);
            try {
                Pixels pixels = DECODER.decode(damaged);
                assertThat(pixels.rgb()).hasSize(3 * pixels.width() * pixels.height());
                decoded++;
            } catch (ImageException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(suffix + ", seed " + seed, e);
            }
        }
        assertThat(decoded).isPositive();
        assertThat(refused).isPositive();
    }

    /** Seed 2993 asked for tens of thousands of code tables, all beyond the end of the file. */
    @Test
    void givesUpSoonOnDataThatPromiseMoreThanThereIs() throws IOException {
        List<byte[]> images = images("webp");
        byte[] damaged = damaged(images.get(2993 % images.size()), new Random(2993));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> DECODER.decode(damaged))
                .isInstanceOf(ImageException.class));
    }

    private static List<byte[]> images(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/cnn/image/pillow"))) {
            return files.filter(file -> file.toString().endsWith("." + suffix))
                    .sorted()
                    .map(DamagedImagesTest::bytes)
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A few bytes changed, more often in the header, and at times the end cut off or a piece taken out. */
    private static byte[] damaged(byte[] image, Random random) {
        byte[] damaged = image.clone();
        for (int flips = random.nextInt(6); flips > 0; flips--) {
            int range = random.nextBoolean() ? Math.min(80, damaged.length) : damaged.length;
            damaged[random.nextInt(range)] = random.nextInt(3) == 0 ? (byte) 0xff : (byte) random.nextInt();
        }
        if (random.nextInt(3) == 0) {
            damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        if (random.nextInt(4) == 0 && damaged.length > 20) {
            int from = random.nextInt(damaged.length - 1);
            int to = from + 1 + random.nextInt(Math.min(30, damaged.length - from));
            byte[] shorter = Arrays.copyOf(damaged, damaged.length - (to - from));
            System.arraycopy(damaged, to, shorter, from, damaged.length - to);
            damaged = shorter;
        }
        return damaged;
    }
}
