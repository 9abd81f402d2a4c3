package cnn.report;

import cnn.UserError;
import cnn.json.Json;
import cnn.json.JsonObject;
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
        return Json.text(line);
    }

    /** What {@link #json} wrote; empty if the line is torn. */
    static Optional<Answered> parse(String line) {
        try {
            JsonObject found = JsonObject.parse("line", line);
            return Optional.of(new Answered(
                    found.whole("inputs"),
                    found.whole("failed"),
                    found.whole("bytes"),
                    found.whole("rows_crc32c"),
                    found.whole("names_crc32c")));
        } catch (UserError e) {
            return Optional.empty();
        }
    }
}
