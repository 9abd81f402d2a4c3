package cnn.report;

import cnn.classify.Classification;
import cnn.confidence.TemperatureEffect;
import cnn.evaluate.Evaluation;
import cnn.json.Json;
import cnn.metrics.ClassScores;
import cnn.metrics.ConfusionMatrix;
import cnn.metrics.Figures;
import cnn.metrics.Interval;
import cnn.metrics.PairedDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** One object for a model; of several an object with all of them, and each compared with the first. */
final class EvaluationJson {

    private EvaluationJson() {}

    static String of(EvaluationReport report) {
        return Json.text(
                        report.evaluations().size() == 1
                                ? model(
                                        report.evaluations().get(0),
                                        report.names().get(0))
                                : all(report))
                + "\n";
    }

    private static Map<String, Object> all(EvaluationReport report) {
        List<Object> models = new ArrayList<>();
        for (int i = 0; i < report.evaluations().size(); i++) {
            models.add(model(report.evaluations().get(i), report.names().get(i)));
        }
        List<Object> comparisons = new ArrayList<>();
        for (int i = 1; i < report.evaluations().size(); i++) {
            PairedDifference paired =
                    report.evaluations().get(0).against(report.evaluations().get(i), report.seed());
            Map<String, Object> comparison = new LinkedHashMap<>();
            comparison.put("first", report.names().get(0));
            comparison.put("second", report.names().get(i));
            comparison.putAll(difference(paired));
            comparisons.add(comparison);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("models", models);
        object.put("comparisons", comparisons);
        return object;
    }

    /** How the second of two on the same images differs from the first. */
    static Map<String, Object> difference(PairedDifference paired) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("difference", paired.difference());
        object.put("difference_interval", interval(paired.interval()));
        object.put("only_first", paired.test().onlyFirst());
        object.put("only_second", paired.test().onlySecond());
        object.put("test", "McNemar, " + paired.test().method().words());
        object.put("p", paired.test().p());
        return object;
    }

    private static Map<String, Object> model(Evaluation evaluation, String name) {
        Figures figures = evaluation.figures();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", name);
        object.put("data", evaluation.data().folder().toString());
        object.put("judged", evaluation.data().part().heldOut() ? "held-out" : "all");
        object.put("part", evaluation.data().part().name().toLowerCase(Locale.ROOT));
        object.put("images", figures.images());
        object.put("failed", evaluation.failures().size());
        object.put("loss", figures.loss());
        object.put("accuracy", figures.accuracy());
        object.put("accuracy_interval", interval(figures.accuracyInterval()));
        object.put("top5_accuracy", figures.top5Accuracy());
        object.put("matthews", figures.confusion().matthews());
        object.put("kappa", figures.confusion().kappa());
        object.put("roc_auc", area(figures.macroArea()));
        object.put("calibration_error", figures.calibration().error());
        evaluation.effect().ifPresent(effect -> object.put("temperature_scaling", scaling(effect, evaluation)));
        object.put("threshold_for_99", AcceptedImages.object(evaluation));
        object.put("classes", classes(evaluation));
        Map<String, Object> macro = scores(figures.confusion().macro());
        macro.put("f1_interval", interval(figures.macroF1Interval()));
        object.put("macro", macro);
        object.put("weighted", scores(figures.confusion().weighted()));
        ConfusionMatrix matrix = figures.confusion();
        object.put("confusion_matrix", matrix(evaluation, matrix::count));
        object.put("confusion_matrix_shares", matrix(evaluation, matrix::share));
        object.put("notes", evaluation.notes());
        object.put(
                "failures",
                new ResultTable<>(evaluation.failures())
                        .json("input", Classification::input)
                        .json("code", failed -> failed.failure().orElseThrow().code())
                        .json(
                                "message",
                                failed -> failed.failure().orElseThrow().message())
                        .asJson());
        return object;
    }

    private static Map<String, Object> scaling(TemperatureEffect effect, Evaluation evaluation) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("temperature", effect.temperature().value());
        object.put("applied", evaluation.calibrated());
        object.put("loss_before", effect.before().loss());
        object.put("loss_after", effect.after().loss());
        object.put("calibration_error_before", effect.before().calibrationError());
        object.put("calibration_error_after", effect.after().calibrationError());
        return object;
    }

    private static List<Object> classes(Evaluation evaluation) {
        Figures figures = evaluation.figures();
        List<Object> classes = new ArrayList<>();
        for (int c : evaluation.classes()) {
            ClassScores scores = figures.confusion().scores().get(c);
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", evaluation.label(c).name());
            object.put("class_id", evaluation.label(c).id());
            object.putAll(scores(scores));
            object.put("support", scores.support());
            object.put("predicted", scores.predictions());
            object.put("roc_auc", area(figures.areas().get(c)));
            classes.add(object);
        }
        return classes;
    }

    private static List<List<Object>> matrix(Evaluation evaluation, BiFunction<Integer, Integer, Object> cell) {
        List<Integer> classes = evaluation.classes();
        return classes.stream()
                .map(actual -> classes.stream()
                        .map(predicted -> cell.apply(actual, predicted))
                        .toList())
                .toList();
    }

    private static Map<String, Object> scores(ClassScores scores) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("precision", scores.precision());
        object.put("recall", scores.recall());
        object.put("f1", scores.f1());
        return object;
    }

    private static Object area(OptionalDouble area) {
        return area.isPresent() ? area.getAsDouble() : null;
    }

    static List<Double> interval(Interval interval) {
        return List.of(interval.low(), interval.high());
    }
}
