package cnn.report;

import cnn.classify.Classification;
import cnn.parquet.AnswerTableWriter;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Parquet, see {@link AnswerTableWriter}; its bytes come with the last row of each row group, and at the end. */
final class ParquetClassifications implements AnswerBytes {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AnswerTableWriter table;

    ParquetClassifications(AnswerColumns columns, Map<String, String> facts, long firstRow) {
        this.table = new AnswerTableWriter(
                written,
                new AnswerTableWriter.Columns(
                        columns.threshold(), columns.coverage().isPresent(), columns.novelty()),
                facts,
                firstRow);
    }

    @Override
    public byte[] begin() {
        return taken();
    }

    @Override
    public byte[] row(Classification answer, boolean first) {
        table.row(answer);
        return taken();
    }

    @Override
    public byte[] end() {
        table.end();
        return taken();
    }

    private byte[] taken() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }
}
