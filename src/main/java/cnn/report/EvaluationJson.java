package cnn.report;

import cnn.classify.Classification;
import cnn.evaluate.Evaluation;
import cnn.metrics.ClassScores;
import cnn.metrics.ConfusionMatrix;
import cnn.metrics.Figures;
import cnn.metrics.Interval;
import cnn.metrics.PairedDifference;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** One object for a model; of several an object with all of them, and each compared with the first. */
final class EvaluationJson {

    private EvaluationJson() {}

    static String of(EvaluationReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            if (report.evaluations().size() == 1) {
                write(json, report.evaluations().get(0), report.names().get(0));
            } else {
                writeAll(json, report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text + "\n";
    }

    private static void writeAll(JsonGenerator json, EvaluationReport report) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("models");
        for (int i = 0; i < report.evaluations().size(); i++) {
            write(json, report.evaluations().get(i), report.names().get(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("comparisons");
        for (int i = 1; i < report.evaluations().size(); i++) {
            PairedDifference paired =
                    report.evaluations().get(0).against(report.evaluations().get(i), report.seed());
            json.writeStartObject();
            json.writeStringField("first", report.names().get(0));
            json.writeStringField("second", report.names().get(i));
            json.writeNumberField("difference", paired.difference());
            interval(json, "difference_interval", paired.interval());
            json.writeNumberField("only_first", paired.test().onlyFirst());
            json.writeNumberField("only_second", paired.test().onlySecond());
            json.writeStringField("test", "McNemar, " + paired.test().method().words());
            json.writeNumberField("p", paired.test().p());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Evaluation evaluation, String name) throws IOException {
        Figures figures = evaluation.figures();
        json.writeStartObject();
        json.writeStringField("model", name);
        json.writeStringField("data", evaluation.data().folder().toString());
        json.writeStringField("judged", evaluation.data().part().heldOut() ? "held-out" : "all");
        json.writeStringField("part", evaluation.data().part().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("images", figures.images());
        json.writeNumberField("failed", evaluation.failures().size());
        json.writeNumberField("loss", figures.loss());
        json.writeNumberField("accuracy", figures.accuracy());
        interval(json, "accuracy_interval", figures.accuracyInterval());
        json.writeNumberField("top5_accuracy", figures.top5Accuracy());
        json.writeNumberField("matthews", figures.confusion().matthews());
        json.writeNumberField("kappa", figures.confusion().kappa());
        area(json, figures.macroArea());
        json.writeNumberField("calibration_error", figures.calibration().error());
        json.writeArrayFieldStart("classes");
        for (int c : evaluation.classes()) {
            ClassScores scores = figures.confusion().scores().get(c);
            json.writeStartObject();
            json.writeStringField("name", evaluation.label(c).name());
            json.writeStringField("class_id", evaluation.label(c).id());
            scores(json, scores);
            json.writeNumberField("support", scores.support());
            json.writeNumberField("predicted", scores.predictions());
            area(json, figures.areas().get(c));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("macro");
        scores(json, figures.confusion().macro());
        interval(json, "f1_interval", figures.macroF1Interval());
        json.writeEndObject();
        json.writeObjectFieldStart("weighted");
        scores(json, figures.confusion().weighted());
        json.writeEndObject();
        matrices(json, evaluation);
        rest(json, evaluation);
        json.writeEndObject();
    }

    private static void matrices(JsonGenerator json, Evaluation evaluation) throws IOException {
        ConfusionMatrix matrix = evaluation.figures().confusion();
        List<Integer> classes = evaluation.classes();
        json.writeArrayFieldStart("confusion_matrix");
        for (int actual : classes) {
            json.writeStartArray();
            for (int predicted : classes) {
                json.writeNumber(matrix.count(actual, predicted));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("confusion_matrix_shares");
        for (int actual : classes) {
            json.writeStartArray();
            for (int predicted : classes) {
                json.writeNumber(matrix.share(actual, predicted));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void rest(JsonGenerator json, Evaluation evaluation) throws IOException {
        json.writeArrayFieldStart("notes");
        for (String note : evaluation.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("failures");
        for (Classification failed : evaluation.failures()) {
            json.writeStartObject();
            json.writeStringField("input", failed.input());
            json.writeStringField("code", failed.failure().orElseThrow().code());
            json.writeStringField("message", failed.failure().orElseThrow().message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void scores(JsonGenerator json, ClassScores scores) throws IOException {
        json.writeNumberField("precision", scores.precision());
        json.writeNumberField("recall", scores.recall());
        json.writeNumberField("f1", scores.f1());
    }

    private static void area(JsonGenerator json, OptionalDouble area) throws IOException {
        if (area.isPresent()) {
            json.writeNumberField("roc_auc", area.getAsDouble());
        } else {
            json.writeNullField("roc_auc");
        }
    }

    private static void interval(JsonGenerator json, String name, Interval interval) throws IOException {
        json.writeArrayFieldStart(name);
        json.writeNumber(interval.low());
        json.writeNumber(interval.high());
        json.writeEndArray();
    }
}
