package cnn.parquet;

import cnn.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Writes a table in row groups of a fixed number of rows, of which one is in memory. Nothing of it depends on time or place:
 * equal rows, equal bytes.
 *
 * <p>The library's own {@code ParquetWriter} needs classes of Hadoop, and ends row groups where memory is used up.
 */
final class TableWriter {
    private static final int COLUMN_INDEX_BYTES = 64;

    private static final String ROWS_PER_GROUP = "cnn.row_group_rows";

    private final MessageType schema;
    private final Map<String, String> facts;
    private final int rowsPerGroup;
    private final ParquetProperties properties;
    private final ParquetFileWriter file;
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore columns;
    private RecordConsumer group;
    private int rows;

    /**
     * Begins a table.
     *
     * @param stream stays open
     * @param facts about the table, kept in it by name
     */
    TableWriter(OutputStream stream, MessageType schema, Map<String, String> facts, int rowsPerGroup) {
        this.schema = schema;
        this.facts = new TreeMap<>(facts);
        this.facts.put(ROWS_PER_GROUP, String.valueOf(rowsPerGroup));
        this.rowsPerGroup = rowsPerGroup;
        this.properties = properties(schema);
        try {
            this.file = new ParquetFileWriter(
                    new StreamFile(stream), schema, ParquetFileWriter.Mode.CREATE, Long.MAX_VALUE, 0, null, properties);
            file.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Begins a table of the same columns, about the same, in row groups of as many rows.
     *
     * @throws UserError if it is not one that this wrote
     */
    static TableWriter like(TableReader table, OutputStream stream) {
        int rows = Optional.ofNullable(table.facts().get(ROWS_PER_GROUP))
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(Integer::valueOf)
                .orElseThrow(() -> UserError.data(table.path() + " is no table that this tool wrote"));
        return new TableWriter(stream, table.schema(), table.facts(), rows);
    }

    MessageType schema() {
        return schema;
    }

    /** Texts and classes repeat, and are kept in dictionaries; numbers hardly do. */
    private static ParquetProperties properties(MessageType schema) {
        ParquetProperties.Builder builder = ParquetProperties.builder();
        schema.getColumns().stream()
                .filter(column -> switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                    case FLOAT, INT64 -> true;
                    default -> false;
                })
                .forEach(column -> builder.withDictionaryEncoding(String.join(".", column.getPath()), false));
        return builder.build();
    }

    /** Adds a row, which is told to the consumer as one message. */
    void add(Consumer<RecordConsumer> row) {
        if (group == null) {
            beginGroup();
        }
        row.accept(group);
        rows++;
        if (rows == rowsPerGroup) {
            endGroup();
        }
    }

    /** Writes what stands behind the last row. */
    void end() {
        if (group != null) {
            endGroup();
        }
        try {
            file.end(facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void beginGroup() {
        pages = new ColumnChunkPageWriteStore(
                new Uncompressed(), schema, new HeapByteBufferAllocator(), COLUMN_INDEX_BYTES);
        columns = properties.newColumnWriteStore(schema, pages, pages);
        group = new ColumnIOFactory().getColumnIO(schema).getRecordWriter(columns);
    }

    private void endGroup() {
        group.flush();
        try (ColumnChunkPageWriteStore written = pages;
                ColumnWriteStore flushed = columns) {
            file.startBlock(rows);
            flushed.flush();
            written.flushToFileWriter(file);
            file.endBlock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        group = null;
        rows = 0;
    }
}
