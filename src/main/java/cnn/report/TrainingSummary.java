package cnn.report;

import cnn.transfer.SavedModel;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a training came to, as one line of JSON; the figures are those of the epoch that is kept.
 *
 * @param file where the model is
 */
public record TrainingSummary(Path file, SavedModel model) {
    private static final List<String> FIRST = List.of(
            "epochs",
            "epoch",
            "loss",
            "accuracy",
            "val_loss",
            "val_accuracy",
            "train_images",
            "validation_images",
            "classes",
            "failed_images",
            "test_loss",
            "test_accuracy",
            "test_images");

    /** The line; models of a time when less was kept say less. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("model", file.toString());
            for (String name : names()) {
                json.writeFieldName(name.equals("epoch") ? "best_epoch" : name);
                write(json, name.equals("classes") ? model.classes() : metric(name));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(FIRST);
        names.removeIf(name -> !name.equals("classes") && metric(name) == null);
        model.training().metrics().keySet().stream()
                .filter(name -> !FIRST.contains(name))
                .forEach(names::add);
        return names;
    }

    private Object metric(String name) {
        return model.training().metrics().get(name);
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Collection<?> values) {
            json.writeStartArray();
            for (Object element : values) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Double number) {
            json.writeNumber(SignificantDigits.of(number.floatValue()));
        } else {
            json.writeObject(value);
        }
    }
}
