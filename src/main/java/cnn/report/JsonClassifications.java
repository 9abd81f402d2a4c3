package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** One JSON object for each answer: a line each, or all in an array. */
final class JsonClassifications implements ClassificationWriter {

    private final String model;
    private final boolean array;

    JsonClassifications(String model, boolean array) {
        this.model = model;
        this.array = array;
    }

    @Override
    public String begin() {
        return array ? "[" : "";
    }

    @Override
    public String row(Classification answer, boolean first) {
        String separator = array ? (first ? "\n" : ",\n") : "";
        return separator + object(answer) + (array ? "" : "\n");
    }

    @Override
    public String end() {
        return array ? "\n]\n" : "";
    }

    private String object(Classification answer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("input", answer.input());
            if (answer.failure().isPresent()) {
                writeFailure(json, answer.failure().get());
            } else {
                json.writeStringField("status", "ok");
                json.writeStringField("model", model);
                writePredictions(json, answer);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString();
    }

    private static void writeFailure(JsonGenerator json, Failure failure) throws IOException {
        json.writeStringField("status", "error");
        json.writeObjectFieldStart("error");
        json.writeStringField("code", failure.code());
        json.writeStringField("message", failure.message());
        json.writeEndObject();
    }

    private static void writePredictions(JsonGenerator json, Classification answer) throws IOException {
        json.writeArrayFieldStart("predictions");
        for (Prediction prediction : answer.predictions()) {
            json.writeStartObject();
            json.writeNumberField("rank", prediction.rank());
            json.writeStringField("class_id", prediction.label().id());
            json.writeStringField("label", prediction.label().name());
            json.writeNumberField("index", prediction.index());
            json.writeFieldName("probability");
            json.writeNumber(SignificantDigits.of(prediction.probability()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
