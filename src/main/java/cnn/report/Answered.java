package cnn.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a file of rows is.
 *
 * @param inputs that have their rows
 * @param failed of them
 * @param bytes of the rows, and what stands before them
 * @param rowsCrc32c of these bytes
 * @param namesCrc32c of the inputs' names, each with a NUL behind it
 */
record Answered(long inputs, long failed, long bytes, long rowsCrc32c, long namesCrc32c) {

    String json() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("inputs", inputs);
        line.put("failed", failed);
        line.put("bytes", bytes);
        line.put("rows_crc32c", rowsCrc32c);
        line.put("names_crc32c", namesCrc32c);
        try {
            return JSON.std.asString(line);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
    }

    /** What {@link #json} wrote; empty if the line is torn. */
    static Optional<Answered> parse(String line) {
        try {
            Map<String, Object> found = JSON.std.mapFrom(line);
            return Optional.of(new Answered(
                    number(found, "inputs"),
                    number(found, "failed"),
                    number(found, "bytes"),
                    number(found, "rows_crc32c"),
                    number(found, "names_crc32c")));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> line, String name) {
        if (line.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("no number " + name);
    }
}
