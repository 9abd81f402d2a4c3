package cnn.report;

import cnn.features.FeatureRow;
import cnn.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * NumPy's format, version 1.0 (NumPy, {@code numpy.lib.format}): a magic string, the length of a header, the header as a
 * Python dictionary filled up with blanks to a multiple of 64 bytes, the numbers. The number of rows is written over it at
 * the end. A csv beside it names the rows.
 */
final class NpyFeatures implements FeatureWriter {
    private static final int PREAMBLE_BYTES = 10;
    private static final int ALIGNMENT_BYTES = 64;
    private static final int LENGTH_AT = 8;

    private final ReportSink sink;
    private final ReportSink index;
    private final Shape shape;
    private final FloatRow floats;
    private final int headBytes;
    private long rows;

    NpyFeatures(ReportSink sink, ReportSink index, Shape shape) {
        this.sink = sink;
        this.index = index;
        this.shape = shape;
        this.floats = new FloatRow(Math.toIntExact(shape.elements()));
        int most = PREAMBLE_BYTES + header(Long.MAX_VALUE).length() + 1;
        this.headBytes = (most + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
        sink.write(head());
        index.write(text(Csv.row("row", "input", "label", "status", "error")));
    }

    @Override
    public void row(FeatureRow row) {
        sink.write(floats.of(row));
        String error = row.failure()
                .map(failure -> failure.code() + ": " + failure.message())
                .orElse("");
        String status = row.failure().isPresent() ? "error" : "ok";
        index.write(text(Csv.row(String.valueOf(rows), row.input(), row.label(), status, error)));
        rows++;
    }

    @Override
    public void end() {
        sink.rewrite(0, head());
    }

    private byte[] head() {
        String header = header(rows);
        String blanks = " ".repeat(headBytes - PREAMBLE_BYTES - header.length() - 1);
        byte[] head = ("\u0093NUMPY\1\0\0\0" + header + blanks + "\n").getBytes(StandardCharsets.ISO_8859_1);
        int length = headBytes - PREAMBLE_BYTES;
        head[LENGTH_AT] = (byte) length;
        head[LENGTH_AT + 1] = (byte) (length >>> 8);
        return head;
    }

    private String header(long count) {
        String sizes = shape.sizes().stream().map(size -> ", " + size).collect(Collectors.joining());
        return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + count + sizes + "), }";
    }

    private static byte[] text(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
