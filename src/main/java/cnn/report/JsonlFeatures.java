package cnn.report;

import cnn.classify.Failure;
import cnn.features.FeatureRow;
import cnn.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object a line: {@code input}, {@code label}, {@code status}, then {@code features} or {@code error}. */
final class JsonlFeatures implements FeatureWriter {

    private final ReportSink sink;

    JsonlFeatures(ReportSink sink) {
        this.sink = sink;
    }

    @Override
    public void row(FeatureRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("input", row.input());
        fields.put("label", row.label());
        if (row.failure().isPresent()) {
            put(row.failure().get(), fields);
        } else {
            fields.put("status", "ok");
            fields.put("features", row.features());
        }
        sink.write((Json.text(fields) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end() {
        // nothing stands behind the last row
    }

    /** Says in a row why it has no result. */
    static void put(Failure failure, Map<String, Object> fields) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", failure.code());
        error.put("message", failure.message());
        fields.put("status", "error");
        fields.put("error", error);
    }
}
