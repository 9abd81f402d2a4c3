package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of 300 files, sound and hostile ones among each other: a row for each, in order, and nothing else. */
class HostileInputsTest {
    private static final int FILES = 300;

    @TempDir
    private Path folder;

    /** By file name, in the order of a folder walk: the status or error code that its row must have. */
    private final Map<String, String> expected = new TreeMap<>();

    @BeforeEach
    void fillTheFolder() throws IOException {
        byte[] jpeg = encoded("jpg", 60, 40, BufferedImage.TYPE_INT_RGB);
        byte[] png = encoded("png", 50, 50, BufferedImage.TYPE_INT_ARGB);
        put("empty.jpg", new byte[0], "empty_file");
        put("text.jpg", "this is no picture".getBytes(StandardCharsets.UTF_8), "unsupported_format");
        put("truncated.jpg", Arrays.copyOf(jpeg, jpeg.length / 2), "unreadable_image");
        put("truncated.png", Arrays.copyOf(png, png.length / 2), "unreadable_image");
        put("header-only.png", Arrays.copyOf(png, 30), "unreadable_image");
        put("huge.png", declaring(png, 100_000, 100_000), "too_large");
        put("one.png", encoded("png", 1, 1, BufferedImage.TYPE_INT_RGB), "ok");
        put("deep.png", encoded("png", 30, 20, BufferedImage.TYPE_USHORT_GRAY), "ok");
        put("grey.jpg", encoded("jpg", 30, 20, BufferedImage.TYPE_BYTE_GRAY), "ok");
        put("wide.bmp", encoded("bmp", 300, 2, BufferedImage.TYPE_INT_RGB), "ok");
        put("moving.gif", encoded("gif", 20, 20, BufferedImage.TYPE_BYTE_INDEXED), "ok");
        put("a blank.jpg", jpeg, "ok");
        put("a \"quote\" and 'another'.jpg", jpeg, "ok");
        put("a\nnewline.png", png, "ok");
        put("äöü-日本語-😀.jpg", jpeg, "ok");
        put("UPPER.JPG", jpeg, "ok");
        put("really-a-png.jpg", png, "ok");
        put("closed.jpg", jpeg, Files.isReadable(closed(folder.resolve("closed.jpg"))) ? "ok" : "unreadable_image");
        Files.createDirectory(folder.resolve("a-folder.jpg"));
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; expected.size() < FILES; i++) {
            String name = "%03d.jpg".formatted(i);
            put(name, i % 3 == 0 ? damaged(jpeg, random) : jpeg, i % 3 == 0 ? "any" : "ok");
        }
    }

    @Test
    void givesOneRowForEachFileInOrderAndTouchesNothing() throws IOException {
        Map<Path, String> before = snapshot();
        Transcript run = Transcript.of(
                "classify",
                "-m",
                "mobilenet-0.25",
                "--weights",
                "none",
                "--input-size",
                "32",
                "-f",
                "jsonl",
                "-k",
                "1",
                folder.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
        List<String> inputs = new ArrayList<>();
        for (String line : run.lines()) {
            Map<String, Object> row = JSON.std.mapFrom(line);
            String name = Path.of((String) row.get("input")).getFileName().toString();
            inputs.add(name);
            String wanted = expected.get(name);
            if (!"any".equals(wanted)) {
                assertThat(outcome(row)).as(name).isEqualTo(wanted);
            }
        }
        assertThat(inputs).containsExactlyElementsOf(expected.keySet());
        assertThat(snapshot()).isEqualTo(before);
    }

    private static String outcome(Map<String, Object> row) {
        return row.get("error") instanceof Map<?, ?> error ? (String) error.get("code") : (String) row.get("status");
    }

    private void put(String name, byte[] bytes, String outcome) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            Files.write(file, bytes);
        }
        expected.put(name, outcome);
    }

    private Path closed(Path file) throws IOException {
        Files.write(file, encoded("jpg", 8, 8, BufferedImage.TYPE_INT_RGB));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    }

    /** A few bytes changed, behind the header. */
    private static byte[] damaged(byte[] image, SplittableRandom random) {
        byte[] copy = image.clone();
        for (int i = 0; i < 5; i++) {
            copy[random.nextInt(20, copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    /** A PNG whose header declares another size, with a right checksum. */
    private static byte[] declaring(byte[] png, int width, int height) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(header);
        out.writeBytes("IHDR");
        out.writeInt(width);
        out.writeInt(height);
        out.write(png, 24, 5);
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        out.writeInt((int) crc.getValue());
        byte[] copy = png.clone();
        System.arraycopy(header.toByteArray(), 0, copy, 12, header.size());
        return copy;
    }

    private static byte[] encoded(String format, int width, int height, int type) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, 0xff000000 | (x * 12345 + y * 777));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private Map<Path, String> snapshot() throws IOException {
        Map<Path, String> files = new HashMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                files.put(
                        path, Files.getLastModifiedTime(path) + " " + (Files.isDirectory(path) ? 0 : Files.size(path)));
            }
        }
        return files;
    }
}
