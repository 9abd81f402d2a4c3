package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.ClassScores;
import cnn.metrics.Figures;
import java.util.OptionalDouble;

/** A row for each class of each model, and one each for the plain and for the weighted mean. */
final class EvaluationCsv {

    private EvaluationCsv() {}

    static String of(EvaluationReport report) {
        StringBuilder rows = new StringBuilder(Csv.row(
                "model", "row", "class_id", "name", "precision", "recall", "f1", "support", "predicted", "roc_auc"));
        for (int i = 0; i < report.evaluations().size(); i++) {
            Evaluation evaluation = report.evaluations().get(i);
            Figures figures = evaluation.figures();
            String model = report.names().get(i);
            for (int c : evaluation.classes()) {
                ClassScores scores = figures.confusion().scores().get(c);
                rows.append(row(
                        model,
                        "class",
                        evaluation.label(c).id(),
                        evaluation.label(c).name(),
                        scores,
                        figures.areas().get(c)));
            }
            rows.append(row(model, "macro", "", "", figures.confusion().macro(), figures.macroArea()));
            rows.append(row(model, "weighted", "", "", figures.confusion().weighted(), OptionalDouble.empty()));
        }
        return rows.toString();
    }

    private static String row(
            String model, String kind, String id, String name, ClassScores scores, OptionalDouble area) {
        return Csv.row(
                model,
                kind,
                id,
                name,
                String.valueOf(scores.precision()),
                String.valueOf(scores.recall()),
                String.valueOf(scores.f1()),
                String.valueOf(scores.support()),
                String.valueOf(scores.predictions()),
                area.isPresent() ? String.valueOf(area.getAsDouble()) : "");
    }
}
