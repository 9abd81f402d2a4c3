package cnn.image;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The reference images and goldens beside the project; what needs them is skipped by name where they are absent. */
final class SharedImages {
    private static final Path SHARED = Path.of("..", "shared");

    private SharedImages() {}

    static Path file(String name) {
        Path file = SHARED.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is absent");
        return file;
    }

    static Map<String, Object> golden(String name) {
        try {
            return JSON.std.mapFrom(Files.readString(file("golden/" + name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> rows(Object array) {
        return (List<Map<String, Object>>) array;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object object) {
        return (Map<String, Object>) object;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@link #loaded}, stretched. */
    static byte[] resized(ResizeMode mode, Pixels source, int height, int width) throws ImageException {
        return loaded(Loading.of(mode), source, height, width);
    }

    /** What {@link Loading#load} writes, as bytes; fails if a value is not a whole number from 0 to 255. */
    static byte[] loaded(Loading loading, Pixels source, int height, int width) throws ImageException {
        float[] nhwc = new float[3 * height * width];
        loading.load(source, height, width, nhwc, 0);
        byte[] bytes = new byte[nhwc.length];
        for (int i = 0; i < nhwc.length; i++) {
            if (nhwc[i] != (int) nhwc[i] || nhwc[i] < 0 || nhwc[i] > 255) {
                throw new AssertionError(loading + " wrote " + nhwc[i] + " at " + i);
            }
            bytes[i] = (byte) nhwc[i];
        }
        return bytes;
    }
}
