package cnn.parquet;

import cnn.UserError;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.example.data.GroupWriter;

/** Tables of the same columns put together: the bytes of the table that has all their rows, whose row groups cross their ends. */
public final class JoinedTables {
    private JoinedTables() {}

    /**
     * Writes all rows, in the order of the files.
     *
     * @param stream stays open
     * @throws UserError if one is no table of this tool, or has other columns
     */
    public static void write(List<Path> files, OutputStream stream) {
        TableWriter joined = null;
        for (Path file : files) {
            try (TableReader table = TableReader.open(file)) {
                if (joined == null) {
                    joined = TableWriter.like(table, stream);
                } else if (!joined.schema().equals(table.schema())) {
                    throw UserError.data("%s has other columns than %s".formatted(file, files.get(0)));
                }
                TableWriter to = joined;
                table.forEach(row -> to.add(consumer -> new GroupWriter(consumer, to.schema()).write(row)));
            }
        }
        if (joined != null) {
            joined.end();
        }
    }
}
