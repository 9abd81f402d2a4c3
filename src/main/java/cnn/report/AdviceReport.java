package cnn.report;

import cnn.advise.Advice;
import cnn.advise.Candidate;
import cnn.advise.Quadrant;
import cnn.advise.Trial;
import cnn.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What to train: the candidates as rows, why one of them is proposed, and the command line that trains it.
 *
 * @param command as it is to be typed
 */
public record AdviceReport(Advice advice, String command) {

    public String as(Format format) {
        return switch (format) {
            case TEXT -> text();
            case JSON -> Json.indented(object()) + "\n";
            case JSONL -> Json.text(object()) + "\n";
            case CSV -> table().asCsv();
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder(table().asText()).append('\n');
        line(text, "data", AdviceText.data(advice));
        line(text, "quadrant", AdviceText.quadrant(advice.quadrant()));
        line(text, "proposed", AdviceText.proposed(advice));
        line(text, "fine-tuning", AdviceText.fineTuning(advice.trial()));
        if (!advice.leftOut().isEmpty()) {
            line(text, "left out", AdviceText.leftOut(advice));
        }
        line(
                text,
                "time",
                "%s spent; %s predicted for the training"
                        .formatted(AdviceText.duration(advice.seconds()), AdviceText.duration(predicted())));
        return text.append('\n').append(OneLine.of(command)).append('\n').toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-12s  %s%n".formatted(name, OneLine.of(value)));
    }

    private double predicted() {
        Trial trial = advice.trial();
        return advice.proposed().secondsPredicted() + (trial.pays() ? trial.secondsPredicted() : 0);
    }

    private ResultTable<Candidate> table() {
        return new ResultTable<>(advice.candidates())
                .text("", candidate -> isProposed(candidate) ? "*" : "")
                .text("network", candidate -> candidate.model().name())
                .text("layer", candidate -> candidate.layer() + (candidate.atEnd() ? " (end)" : ""))
                .text("features", candidate -> String.valueOf(candidate.features()))
                .text("cost", candidate -> Figure.inMillions(candidate.multiplyAdds()))
                .text("accuracy", candidate -> Figure.of(candidate.probe().accuracy()))
                .text("95 %", candidate -> Figure.of(candidate.probe().interval()))
                .text("log loss", candidate -> Figure.of(candidate.probe().logLoss()))
                .text("LogME", candidate -> Figure.of(candidate.logMe()))
                .text("LEEP", candidate -> Figure.of(candidate.leep()))
                .text("spent, s", candidate -> seconds(candidate.seconds()))
                .text("training, s", candidate -> seconds(candidate.secondsPredicted()))
                .data("network", candidate -> candidate.model().name())
                .data("layer", Candidate::layer)
                .data("end", Candidate::atEnd)
                .data("features", Candidate::features)
                .data("multiply_adds", Candidate::multiplyAdds)
                .data("accuracy", candidate -> candidate.probe().accuracy())
                .csv("accuracy_low", candidate -> candidate.probe().interval().low())
                .csv("accuracy_high", candidate -> candidate.probe().interval().high())
                .json(
                        "accuracy_interval",
                        candidate -> EvaluationJson.interval(candidate.probe().interval()))
                .data("log_loss", candidate -> candidate.probe().logLoss())
                .data("penalty", candidate -> candidate.probe().penalty())
                .data("logme", Candidate::logMe)
                .data("leep", candidate -> orNull(candidate.leep()))
                .data("seconds", candidate -> rounded(candidate.seconds()))
                .data("predicted_seconds", candidate -> rounded(candidate.secondsPredicted()))
                .data("proposed", this::isProposed);
    }

    private boolean isProposed(Candidate candidate) {
        return candidate.equals(advice.proposed());
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("classes", advice.classes());
        object.put("class_counts", advice.counts());
        object.put("tried_images", advice.tried());
        object.put("candidates", table().asJson());
        object.put("quadrant", quadrant(advice.quadrant()));
        object.put("fine_tuning", fineTuning(advice.trial()));
        object.put("proposed", proposed());
        object.put("left_out", advice.leftOut());
        object.put("seconds", rounded(advice.seconds()));
        object.put("predicted_seconds", rounded(predicted()));
        object.put("command", command);
        return object;
    }

    private Map<String, Object> proposed() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("network", advice.proposed().model().name());
        object.put("layer", advice.proposed().layer());
        object.put("finetune", advice.trial().pays());
        object.put(
                "behind_best", advice.behind().map(EvaluationJson::difference).orElse(null));
        object.put("why", AdviceText.proposed(advice));
        return object;
    }

    private static Map<String, Object> quadrant(Quadrant quadrant) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("data", quadrant.much() ? "much" : "little");
        object.put("images_per_class", quadrant.perClass());
        object.put("similarity", quadrant.similar() ? "similar" : "different");
        object.put("said_by_old_classes", orNull(quadrant.share()));
        object.put("earlier_layer", quadrant.earlier().map(Candidate::layer).orElse(null));
        object.put(
                "earlier_layer_gain",
                quadrant.gain().map(EvaluationJson::difference).orElse(null));
        object.put("tutorials", quadrant.advice());
        return object;
    }

    private static Map<String, Object> fineTuning(Trial trial) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("tried", trial.judged().isPresent());
        object.put("pays", trial.pays());
        object.put("unfreeze", trial.tuning().unfreeze().spec());
        object.put("epochs", trial.tuning().epochs());
        object.put("learning_rate", trial.tuning().learningRate());
        object.put("learnt_from", trial.learntFrom());
        object.put("judged_images", trial.judged().map(Trial.Judged::images).orElse(null));
        object.put(
                "head_accuracy", trial.judged().map(Trial.Judged::headAccuracy).orElse(null));
        object.put(
                "gain",
                trial.judged()
                        .map(judged -> EvaluationJson.difference(judged.gain()))
                        .orElse(null));
        object.put("seconds", rounded(trial.seconds()));
        object.put("predicted_seconds", rounded(trial.secondsPredicted()));
        object.put("words", AdviceText.fineTuning(trial));
        return object;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
