package cnn.report;

import cnn.features.FeatureRow;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON object a line: {@code input}, {@code label}, {@code status}, then {@code features} or {@code error}. */
final class JsonlFeatures implements FeatureWriter {

    private final ReportSink sink;

    JsonlFeatures(ReportSink sink) {
        this.sink = sink;
    }

    @Override
    public void row(FeatureRow row) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(line)) {
            write(row, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        line.write('\n');
        sink.write(line.toByteArray());
    }

    @Override
    public void end() {
        // nothing stands behind the last row
    }

    private static void write(FeatureRow row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("input", row.input());
        json.writeStringField("label", row.label());
        if (row.failure().isPresent()) {
            json.writeStringField("status", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("code", row.failure().get().code());
            json.writeStringField("message", row.failure().get().message());
            json.writeEndObject();
        } else {
            json.writeStringField("status", "ok");
            json.writeArrayFieldStart("features");
            for (float feature : row.features()) {
                json.writeNumber(feature);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
