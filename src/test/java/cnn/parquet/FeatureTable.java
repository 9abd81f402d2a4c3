package cnn.parquet;

import cnn.UserError;
import cnn.classify.Failure;
import cnn.features.FeatureRow;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;

/** A table of features as the tests read it. */
public final class FeatureTable implements AutoCloseable {
    private final TableReader table;

    private FeatureTable(TableReader table) {
        this.table = table;
    }

    /**
     * Opens a file.
     *
     * @throws UserError if it is none, or damaged
     */
    public static FeatureTable open(Path path) {
        TableReader table = TableReader.open(path);
        for (String column : new String[] {"input", "label", "status", "features"}) {
            if (!table.schema().containsField(column)) {
                table.close();
                throw UserError.data("%s holds no features: no column %s".formatted(path, column));
            }
        }
        return new FeatureTable(table);
    }

    public long rows() {
        return table.rowGroups().stream().mapToLong(Long::longValue).sum();
    }

    /** What the features are of, by names that begin with {@code cnn.}, as far as it is said. */
    public Map<String, String> facts() {
        return table.facts();
    }

    /** Gives all rows, in their order. */
    public void forEach(Consumer<FeatureRow> row) {
        table.forEach(group -> row.accept(row(group)));
    }

    private static FeatureRow row(Group group) {
        Optional<Failure> failure = text(group, "status").equals("ok")
                ? Optional.empty()
                : Optional.of(new Failure(text(group, "error_code"), text(group, "error_message")));
        float[] features = failure.isPresent() ? new float[0] : floats(group.getGroup("features", 0));
        return new FeatureRow(text(group, "input"), text(group, "label"), features, failure);
    }

    private static String text(Group group, String column) {
        return group.getType().containsField(column) && group.getFieldRepetitionCount(column) > 0
                ? group.getString(column, 0)
                : "";
    }

    private static float[] floats(Group list) {
        float[] values = new float[list.getFieldRepetitionCount(0)];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.getGroup(0, i).getFloat(0, 0);
        }
        return values;
    }

    @Override
    public void close() {
        table.close();
    }
}
