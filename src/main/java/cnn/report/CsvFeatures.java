package cnn.report;

import cnn.features.FeatureRow;
import cnn.network.Shape;
import java.nio.charset.StandardCharsets;

/** {@code input,label,f0,f1,...}; an input that failed has NaN in every column of numbers. */
final class CsvFeatures implements FeatureWriter {
    private final ReportSink sink;
    private final int floats;

    CsvFeatures(ReportSink sink, Shape shape) {
        this.sink = sink;
        this.floats = Math.toIntExact(shape.elements());
        String[] names = new String[2 + floats];
        names[0] = "input";
        names[1] = "label";
        for (int i = 0; i < floats; i++) {
            names[2 + i] = "f" + i;
        }
        put(Csv.row(names));
    }

    @Override
    public void row(FeatureRow row) {
        String names = Csv.row(row.input(), row.label());
        StringBuilder line = new StringBuilder(names.length() + 12 * floats);
        line.append(names, 0, names.length() - 1);
        for (int i = 0; i < floats; i++) {
            line.append(',').append(row.failure().isPresent() ? Float.NaN : row.features()[i]);
        }
        put(line.append('\n').toString());
    }

    @Override
    public void end() {
        // nothing stands behind the last row
    }

    private void put(String text) {
        sink.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
