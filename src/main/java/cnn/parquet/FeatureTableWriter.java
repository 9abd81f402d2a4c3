package cnn.parquet;

import cnn.features.FeatureRow;
import cnn.network.Shape;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Features as a table: a row for every input, with its numbers as a list, or why there are none. */
public final class FeatureTableWriter {
    static final String SHAPE = "cnn.shape";

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message features {
              required int64 row;
              required binary input (STRING);
              required binary label (STRING);
              required binary status (STRING);
              optional binary error_code (STRING);
              optional binary error_message (STRING);
              optional group features (LIST) {
                repeated group list {
                  required float element;
                }
              }
            }
            """);
    private static final int MOST_ROWS = 10_000;
    private static final int GROUP_BYTES = 32 << 20;

    private final TableWriter table;
    private long row;

    /**
     * Begins a table.
     *
     * @param stream stays open
     * @param shape of one row
     * @param facts of what the features are, by name
     * @param firstRow the number of the first one
     */
    public FeatureTableWriter(OutputStream stream, Shape shape, Map<String, String> facts, long firstRow) {
        Map<String, String> all = new TreeMap<>();
        facts.forEach((name, value) -> all.put("cnn." + name, value));
        all.put(SHAPE, shape.sizes().toString());
        this.table = new TableWriter(stream, SCHEMA, all, rowsPerGroup(shape));
        this.row = firstRow;
    }

    static int rowsPerGroup(Shape shape) {
        return (int) Math.max(1, Math.min(MOST_ROWS, GROUP_BYTES / (Float.BYTES * shape.elements())));
    }

    /** Writes the next row. */
    public void row(FeatureRow given) {
        Fields.row(table, SCHEMA, fields -> {
            fields.number("row", row++);
            fields.text("input", given.input());
            fields.text("label", given.label());
            fields.text("status", given.failure().isPresent() ? "error" : "ok");
            given.failure().ifPresent(failure -> {
                fields.text("error_code", failure.code());
                fields.text("error_message", failure.message());
            });
            if (given.failure().isEmpty()) {
                fields.floats("features", given.features());
            }
        });
    }

    /** Writes what stands behind the last row. */
    public void end() {
        table.end();
    }
}
