package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Prediction;
import cnn.json.Json;
import cnn.zoo.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object for each answer: a line each, or all in an array. */
final class JsonClassifications implements ClassificationWriter {

    private final String model;
    private final AnswerColumns columns;
    private final boolean array;

    JsonClassifications(String model, AnswerColumns columns, boolean array) {
        this.model = model;
        this.columns = columns;
        this.array = array;
    }

    @Override
    public String begin() {
        return array ? "[" : "";
    }

    @Override
    public String row(Classification answer, boolean first) {
        String separator = array ? (first ? "\n" : ",\n") : "";
        return separator + Json.text(fields(answer)) + (array ? "" : "\n");
    }

    @Override
    public String end() {
        return array ? "\n]\n" : "";
    }

    private Map<String, Object> fields(Classification answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("input", answer.input());
        if (answer.failure().isPresent()) {
            JsonlFeatures.put(answer.failure().get(), fields);
        } else {
            fields.put("status", "ok");
            fields.put("model", model);
            columns.temperature().ifPresent(value -> fields.put("temperature", value));
            columns.threshold().ifPresent(least -> fields.put("accepted", answer.isAccepted(least)));
            answer.novelty().ifPresent(value -> {
                fields.put("novel", answer.isNovel());
                fields.put("novelty", new Json.Digits(SignificantDigits.of((float) value)));
            });
            answer.conformalSet()
                    .ifPresent(set -> fields.put(
                            "conformal_set", set.stream().map(Labels.Label::id).toList()));
            fields.put(
                    "predictions",
                    answer.predictions().stream()
                            .map(JsonClassifications::fields)
                            .toList());
        }
        return fields;
    }

    private static Map<String, Object> fields(Prediction prediction) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rank", prediction.rank());
        fields.put("class_id", prediction.label().id());
        fields.put("label", prediction.label().name());
        fields.put("index", prediction.index());
        fields.put("probability", new Json.Digits(SignificantDigits.of(prediction.probability())));
        return fields;
    }
}
