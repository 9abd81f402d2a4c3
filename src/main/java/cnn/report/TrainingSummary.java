package cnn.report;

import cnn.transfer.EpochRow;
import cnn.transfer.TrainingOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a training came to, as one line of JSON; the figures are those of the epoch that is kept. */
public record TrainingSummary(Path model, TrainingOutcome outcome) {

    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            EpochRow best = outcome.best();
            json.writeStartObject();
            json.writeStringField("model", model.toString());
            json.writeNumberField("epochs", outcome.history().size());
            json.writeNumberField("best_epoch", best.epoch());
            write(json, "loss", best.loss());
            write(json, "accuracy", best.accuracy());
            write(json, "val_loss", best.valLoss());
            write(json, "val_accuracy", best.valAccuracy());
            json.writeNumberField("train_images", outcome.trainImages());
            json.writeNumberField("validation_images", outcome.validationImages());
            json.writeArrayFieldStart("classes");
            for (String name : outcome.model().classes()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeNumberField("failed_images", outcome.failedImages());
            if (outcome.test().isPresent()) {
                write(json, "test_loss", outcome.test().get().loss());
                write(json, "test_accuracy", outcome.test().get().accuracy());
                json.writeNumberField("test_images", outcome.test().get().images());
                write(json, "test_macro_f1", outcome.test().get().macroF1());
            }
            write(json, "val_macro_f1", best.valMacroF1());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(SignificantDigits.of((float) value));
    }
}
