package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.image.ImageException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDecoderTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false);
    /** Of sharp and saturated waves; of photos it is less than 1. */
    private static final double LOSSY_LEVELS = 3;

    @TempDir
    Path dir;

    @Test
    void readsWhatPillowReadsOfEveryKindOfFile() throws Exception {
        Path folder = Path.of("src/test/resources/cnn/image/pillow");
        List<String> expected = Files.readAllLines(folder.resolve("expected.tsv"));
        List<String> actual = new ArrayList<>();
        for (String line : expected) {
            String name = line.substring(0, line.indexOf('\t'));
            Pixels pixels = DECODER.decode(folder.resolve(name));
            actual.add(
                    name + "\t" + pixels.width() + "\t" + pixels.height() + "\t" + SharedImages.sha256(pixels.rgb()));
        }
        assertThat(actual).hasSizeGreaterThan(80).isEqualTo(expected);
    }

    @Test
    void decodesLossyWebpToAlmostPillowsPixels() throws Exception {
        Path folder = Path.of("src/test/resources/cnn/image/pillow/lossy");
        for (String name : List.of("method1", "animated")) {
            byte[] expected = DECODER.decode(folder.resolve(name + ".png")).rgb();
            byte[] actual = DECODER.decode(folder.resolve(name + ".webp")).rgb();
            long difference = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += Math.abs((actual[i] & 0xff) - (expected[i] & 0xff));
            }
            assertThat((double) difference / expected.length).as(name).isLessThan(LOSSY_LEVELS);
        }
    }

    @Test
    void tellsTheFormatByTheContentAndNotByTheName() throws Exception {
        Path misnamed = Files.write(dir.resolve("really_a_png.jpg"), TestImages.encoded("png", 5, 3));
        assertThat(DECODER.decode(misnamed).width()).isEqualTo(5);
    }

    @Test
    void decodesASinglePixel() throws Exception {
        byte[] png = TestImages.png(1, 1, 8, 2, new byte[] {0, 10, (byte) 200, 30});
        assertThat(DECODER.decode(png).rgb()).containsExactly(10, 200, 30);
    }

    @Test
    void scalesSixteenBitsToEight() throws Exception {
        byte[] grey = TestImages.png(2, 1, 16, 0, new byte[] {0, 0x12, (byte) 0xff, (byte) 0xff, 0});
        assertThat(DECODER.decode(grey).rgb()).containsExactly(0x12, 0x12, 0x12, 0xff, 0xff, 0xff);
        byte[] colour = TestImages.png(1, 1, 16, 2, new byte[] {0, 1, 99, 2, 99, 3, 99});
        assertThat(DECODER.decode(colour).rgb()).containsExactly(1, 2, 3);
    }

    @Test
    void dropsAlphaWithoutBlending() throws Exception {
        byte[] rgba = TestImages.png(1, 1, 8, 6, new byte[] {0, 10, 20, 30, 0});
        assertThat(DECODER.decode(rgba).rgb()).containsExactly(10, 20, 30);
    }

    @Test
    void failsOnAnEmptyFileTextADirectoryAndAMissingFile() throws Exception {
        Path empty = Files.createFile(dir.resolve("empty.jpg"));
        assertFails(() -> DECODER.decode(empty), Code.EMPTY_FILE, "the file is empty");
        Path text = Files.writeString(dir.resolve("text.jpg"), "this is not a photo, whatever its name says");
        assertFails(() -> DECODER.decode(text), Code.UNSUPPORTED_FORMAT, "not a JPEG, PNG");
        Path folder = Files.createDirectory(dir.resolve("folder.jpg"));
        assertFails(() -> DECODER.decode(folder), Code.UNREADABLE_IMAGE, "is a directory");
        assertFails(() -> DECODER.decode(dir.resolve("none.jpg")), Code.NOT_FOUND, "no such file");
        assertFails(() -> DECODER.decode(new byte[0]), Code.EMPTY_FILE, "the file is empty");
    }

    @Test
    void failsOnAFileThatMayNotBeRead() throws Exception {
        Path secret = Files.write(dir.resolve("secret.png"), TestImages.encoded("png", 5, 3));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(secret), "this user may read everything");
        assertFails(() -> DECODER.decode(secret), Code.UNREADABLE_IMAGE, "no permission");
    }

    @Test
    void failsWhereverAFileIsCutOff() throws Exception {
        for (String format : List.of("jpeg", "png", "gif", "bmp")) {
            byte[] whole = TestImages.encoded(format, 90, 70);
            // The last bytes are a checksum or an end mark, which no pixel needs.
            for (int length = 16; length < whole.length - 16; length += 1 + whole.length / 97) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertFails(() -> DECODER.decode(cut), Code.UNREADABLE_IMAGE, format + " cut to " + length);
            }
        }
    }

    @Test
    void failsOnAJpegWhoseDataStopBeforeItsEndMarker() throws Exception {
        byte[] jpeg = TestImages.encoded("jpeg", 90, 70);
        byte[] torn = Arrays.copyOf(jpeg, jpeg.length / 2);
        torn[torn.length - 2] = (byte) 0xff;
        torn[torn.length - 1] = (byte) 0xd9;
        assertFails(() -> DECODER.decode(torn), Code.UNREADABLE_IMAGE, "truncated JPEG image");
    }

    @Test
    void refusesTooManyPixelsFromTheHeaderAlone() throws Exception {
        ImageDecoder small = new ImageDecoder(100, false);
        for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
            byte[] image = TestImages.encoded(format, 11, 10);
            assertFails(() -> small.decode(image), Code.TOO_LARGE, "declares 11x10 pixels, more than the limit of 100");
            assertThat(small.decode(TestImages.encoded(format, 10, 10)).rgb()).hasSize(300);
        }
        byte[] bomb = TestImages.png(60_000, 60_000, 8, 2, new byte[100]);
        assertFails(() -> DECODER.decode(bomb), Code.TOO_LARGE, "60000x60000");
        byte[] negative = TestImages.png(-1, 5, 8, 2, new byte[100]);
        assertFails(() -> DECODER.decode(negative), Code.TOO_LARGE, "4294967295x5");
        byte[] nothing = TestImages.png(0, 5, 8, 2, new byte[100]);
        assertFails(() -> DECODER.decode(nothing), Code.UNREADABLE_IMAGE, "0x5");
    }

    @Test
    void answersMemoryThatDoesNotSufficeWithAnError() {
        ImageDecoder unlimited = new ImageDecoder(Long.MAX_VALUE, false);
        long pixels = Math.min(700_000_000L, Runtime.getRuntime().maxMemory() / 3);
        byte[] bomb = TestImages.png((int) (pixels / 1000), 1000, 16, 6, new byte[100]);
        assertThatThrownBy(() -> unlimited.decode(bomb)).isInstanceOf(ImageException.class);
    }

    @Test
    void inflatesNoMoreThanThePixelsNeed() throws Exception {
        byte[] zeros = new byte[30_000_000];
        assertThat(DECODER.decode(TestImages.png(2, 2, 8, 2, zeros)).rgb()).hasSize(12);
    }

    @Test
    void ignoresBrokenColourProfilesAndExif() throws Exception {
        byte[] jpeg = TestImages.encoded("jpeg", 20, 10);
        byte[] expected = DECODER.decode(jpeg).rgb();
        byte[] junk = "ICC_PROFILE\0\1\1 not a profile".getBytes(StandardCharsets.ISO_8859_1);
        byte[] oriented = TestImages.withSegment(jpeg, 0xe1, TestImages.exif(6, true));
        assertThat(DECODER.decode(TestImages.withSegment(oriented, 0xe2, junk)).rgb())
                .isEqualTo(expected);
    }

    @Test
    void turnsPixelsByExifWhereAskedTo() throws Exception {
        byte[] jpeg = TestImages.encoded("jpeg", 3, 2);
        Pixels stored = DECODER.decode(jpeg);
        ImageDecoder turning = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, true);
        int[][] order = {
            {0, 1, 2, 3, 4, 5}, {2, 1, 0, 5, 4, 3}, {5, 4, 3, 2, 1, 0}, {3, 4, 5, 0, 1, 2},
            {0, 3, 1, 4, 2, 5}, {3, 0, 4, 1, 5, 2}, {5, 2, 4, 1, 3, 0}, {2, 5, 1, 4, 0, 3}
        };
        for (int orientation = 1; orientation <= 8; orientation++) {
            for (boolean bigEndian : new boolean[] {true, false}) {
                byte[] exif = TestImages.exif(orientation, bigEndian);
                Pixels turned = turning.decode(TestImages.withSegment(jpeg, 0xe1, exif));
                assertThat(turned.width()).isEqualTo(orientation < 5 ? 3 : 2);
                for (int i = 0; i < 6; i++) {
                    int from = 3 * order[orientation - 1][i];
                    assertThat(Arrays.copyOfRange(turned.rgb(), 3 * i, 3 * i + 3))
                            .as("orientation %d, pixel %d", orientation, i)
                            .isEqualTo(Arrays.copyOfRange(stored.rgb(), from, from + 3));
                }
            }
        }
        for (int nonsense : new int[] {0, 9, 0xffff}) {
            byte[] exif = TestImages.exif(nonsense, true);
            assertThat(turning.decode(TestImages.withSegment(jpeg, 0xe1, exif)).rgb())
                    .isEqualTo(stored.rgb());
        }
    }

    @Test
    void decodesInManyThreadsAtOnce() throws Exception {
        List<byte[]> images = new ArrayList<>();
        for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
            images.add(TestImages.encoded(format, 64, 48));
        }
        List<byte[]> expected = new ArrayList<>();
        for (byte[] image : images) {
            expected.add(DECODER.decode(image).rgb());
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                byte[] image = images.get(i % images.size());
                results.add(threads.submit(() -> DECODER.decode(image).rgb()));
            }
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(expected.get(i % images.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesUpFilesWithTheSuffixOfAnImage() {
        for (String name : List.of("a.jpg", "a.JPEG", "a.jpe", "a.jfif", "a.b.png", "a.Gif", "a.bmp", "a.dib")) {
            assertThat(ImageDecoder.looksLikeImage(Path.of("x", name))).as(name).isTrue();
        }
        for (String name : List.of("a.tif", "a.tiff", "a.webp")) {
            assertThat(ImageDecoder.looksLikeImage(Path.of(name))).as(name).isTrue();
        }
        for (String name : List.of("jpg", "a.txt", "a.jpg.gz", "a.", "a")) {
            assertThat(ImageDecoder.looksLikeImage(Path.of(name))).as(name).isFalse();
        }
        assertThat(ImageDecoder.looksLikeImage(Path.of("/"))).isFalse();
    }

    @Test
    void namesItsErrorsAsScriptsExpectThem() {
        assertThat(Arrays.stream(Code.values()).map(Code::id))
                .containsExactlyInAnyOrder(
                        "unreadable_image",
                        "unsupported_format",
                        "not_found",
                        "too_large",
                        "empty_file",
                        "out_of_memory");
    }

    private interface Decoding {
        Pixels run() throws ImageException, IOException;
    }

    private static void assertFails(Decoding decoding, Code code, String message) {
        assertThatThrownBy(decoding::run, message)
                .isInstanceOfSatisfying(
                        ImageException.class,
                        e -> assertThat(e.code()).as(e.toString()).isEqualTo(code))
                .message()
                .satisfies(text -> assertThat(message.contains(" cut to ") || text.contains(message))
                        .as(text)
                        .isTrue())
                .doesNotContain("\n");
    }
}
