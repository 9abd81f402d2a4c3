package cnn.parquet;

import cnn.classify.Classification;
import cnn.classify.Prediction;
import cnn.zoo.Labels;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Answers as a table: a row for every input, with the likeliest class in columns of its own and all predictions as a list. */
public final class AnswerTableWriter {
    private static final String BEFORE = """
            message classifications {
              required int64 row;
              required binary input (STRING);
              required binary status (STRING);
              optional binary class_id (STRING);
              optional binary label (STRING);
              optional int32 index;
              optional float probability;
              optional binary error_code (STRING);
              optional binary error_message (STRING);
              optional group predictions (LIST) {
                repeated group list {
                  required group element {
                    required int32 rank;
                    required binary class_id (STRING);
                    required binary label (STRING);
                    required int32 index;
                    required float probability;
                  }
                }
              }
            """;
    private static final String ACCEPTED = "  optional boolean accepted;\n";
    private static final String CONFORMAL_SET = """
              optional group conformal_set (LIST) {
                repeated group list {
                  required binary element (STRING);
                }
              }
            """;
    private static final String NOVELTY = "  optional boolean novel;\n  optional float novelty;\n";
    private static final int ROWS_PER_GROUP = 50_000;

    private final Columns columns;
    private final MessageType schema;
    private final TableWriter table;
    private long row;

    /**
     * Begins a table.
     *
     * @param stream stays open
     * @param columns besides the predictions
     * @param facts of what the answers are, by name
     * @param firstRow the number of the first one
     */
    public AnswerTableWriter(OutputStream stream, Columns columns, Map<String, String> facts, long firstRow) {
        Map<String, String> all = new TreeMap<>();
        facts.forEach((name, value) -> all.put("cnn." + name.replace(' ', '_'), value));
        this.columns = columns;
        this.schema = MessageTypeParser.parseMessageType(BEFORE
                + (columns.threshold().isPresent() ? ACCEPTED : "")
                + (columns.conformalSet() ? CONFORMAL_SET : "")
                + (columns.novelty() ? NOVELTY : "")
                + "}");
        this.table = new TableWriter(stream, schema, all, ROWS_PER_GROUP);
        this.row = firstRow;
    }

    /**
     * Columns that are there where they were asked for.
     *
     * @param threshold the probability below which the likeliest class is not accepted
     */
    public record Columns(OptionalDouble threshold, boolean conformalSet, boolean novelty) {}

    /** Writes the next row. */
    public void row(Classification answer) {
        Fields.row(table, schema, fields -> {
            fields.number("row", row++);
            fields.text("input", answer.input());
            fields.text("status", answer.failure().isPresent() ? "error" : "ok");
            answer.failure().ifPresent(failure -> {
                fields.text("error_code", failure.code());
                fields.text("error_message", failure.message());
            });
            if (answer.failure().isEmpty()) {
                put(answer, fields);
            }
        });
    }

    private void put(Classification answer, Fields fields) {
        answer.predictions().stream().findFirst().ifPresent(best -> putClass(best, fields));
        fields.groups("predictions", answer.predictions(), (prediction, of) -> {
            of.integer("rank", prediction.rank());
            putClass(prediction, of);
        });
        columns.threshold().ifPresent(least -> fields.flag("accepted", answer.isAccepted(least)));
        answer.conformalSet()
                .filter(set -> columns.conformalSet())
                .ifPresent(set -> fields.texts(
                        "conformal_set", set.stream().map(Labels.Label::id).toList()));
        if (columns.novelty() && answer.novelty().isPresent()) {
            fields.flag("novel", answer.isNovel());
            fields.decimal("novelty", (float) answer.novelty().getAsDouble());
        }
    }

    private static void putClass(Prediction prediction, Fields fields) {
        fields.text("class_id", prediction.label().id());
        fields.text("label", prediction.label().name());
        fields.integer("index", prediction.index());
        fields.decimal("probability", prediction.probability());
    }

    /** Writes what stands behind the last row. */
    public void end() {
        table.end();
    }
}
