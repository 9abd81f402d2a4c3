package cnn.linear;

import cnn.golden.Npy;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Features, labels and optima that scikit-learn found for them; they lie beside the project where it is developed. */
final class LinearHeadData {
    static final Path FOLDER = Path.of("../shared/linear-head");

    private LinearHeadData() {}

    static boolean isHere() {
        return Files.isDirectory(FOLDER);
    }

    static Samples samples(String name) {
        int[] labels = labels(name);
        ByteBuffer bytes = npy(name + ".features.npy");
        int columns = bytes.remaining() / Float.BYTES / labels.length;
        double[][] features = new double[labels.length][columns];
        for (double[] row : features) {
            for (int j = 0; j < columns; j++) {
                row[j] = bytes.getFloat();
            }
        }
        return Samples.of(features, labels, ((List<?>) expected(name).get("classes")).size());
    }

    @SuppressWarnings("unchecked") // a JSON object has names only
    static Map<String, Object> expected(String name) {
        try {
            return (Map<String, Object>) JSON.std
                    .mapFrom(Files.readString(FOLDER.resolve("expected.json")))
                    .get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static int[] labels(String name) {
        ByteBuffer bytes = npy(name + ".labels.npy");
        return IntStream.range(0, bytes.remaining() / Integer.BYTES)
                .map(i -> bytes.getInt())
                .toArray();
    }

    private static ByteBuffer npy(String file) {
        try {
            return Npy.numbers(Files.readAllBytes(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
