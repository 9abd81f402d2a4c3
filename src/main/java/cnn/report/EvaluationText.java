package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.ClassScores;
import cnn.metrics.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The figures of one model for a terminal. */
final class EvaluationText {
    private static final int MATRIX_CLASSES = 12;

    private EvaluationText() {}

    static String of(Evaluation evaluation, String name) {
        StringBuilder text = new StringBuilder();
        overall(text, evaluation, name);
        text.append('\n').append(classes(evaluation));
        if (evaluation.classes().size() <= MATRIX_CLASSES) {
            text.append("\nConfusion matrix (rows: true class)\n").append(matrix(evaluation));
        } else {
            text.append(confusions(evaluation));
        }
        evaluation.notes().forEach(note -> text.append("\nNote: ").append(OneLine.of(note)));
        return text + (evaluation.notes().isEmpty() ? "" : "\n");
    }

    private static void overall(StringBuilder text, Evaluation evaluation, String name) {
        Figures figures = evaluation.figures();
        line(text, "model", OneLine.of(name));
        line(text, "data", OneLine.of(evaluation.data().folder().toString()));
        line(text, "judged", EvaluationFacts.judged(evaluation.data()));
        int failed = evaluation.failures().size();
        line(
                text,
                "images",
                Figure.grouped(figures.images()) + (failed == 0 ? "" : ", and " + failed + " that cannot be read"));
        line(
                text,
                "accuracy",
                "%s  (95 %%: %s)".formatted(Figure.of(figures.accuracy()), Figure.of(figures.accuracyInterval())));
        if (evaluation.labels().size() > 5) {
            line(text, "top 5", Figure.of(figures.top5Accuracy()));
        }
        line(
                text,
                "macro F1",
                "%s  (95 %%: %s)"
                        .formatted(Figure.of(figures.confusion().macro().f1()), Figure.of(figures.macroF1Interval())));
        line(text, "loss", Figure.of(figures.loss()));
        line(text, "Matthews", Figure.of(figures.confusion().matthews()));
        line(text, "kappa", Figure.of(figures.confusion().kappa()));
        figures.macroArea().ifPresent(area -> line(text, "ROC AUC", Figure.of(area)));
        line(text, "ECE", Figure.of(figures.calibration().error()) + effect(evaluation));
        line(text, "99 %", AcceptedImages.words(evaluation));
    }

    /** How it would be with the model's temperature, or was without. */
    private static String effect(Evaluation evaluation) {
        return evaluation
                .effect()
                .map(found -> evaluation.calibrated()
                        ? "  (at temperature %s; %s without)"
                                .formatted(
                                        Figure.plain(found.temperature().value()),
                                        Figure.of(found.before().calibrationError()))
                        : "  (%s at the model's temperature, %s: --calibrated)"
                                .formatted(
                                        Figure.of(found.after().calibrationError()),
                                        Figure.plain(found.temperature().value())))
                .orElse("");
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("%-10s%s\n".formatted(key, value));
    }

    private static String classes(Evaluation evaluation) {
        TextTable table = new TextTable("class", "precision", "recall", "F1", "images", "ROC AUC");
        Figures figures = evaluation.figures();
        for (int c : evaluation.classes()) {
            table.add(row(
                    evaluation.label(c).name(),
                    figures.confusion().scores().get(c),
                    figures.areas().get(c)));
        }
        table.add(row("macro mean", figures.confusion().macro(), figures.macroArea()));
        table.add(row("weighted mean", figures.confusion().weighted(), OptionalDouble.empty()));
        return table.render();
    }

    private static List<String> row(String name, ClassScores scores, OptionalDouble area) {
        return List.of(
                name,
                Figure.of(scores.precision()),
                Figure.of(scores.recall()),
                Figure.of(scores.f1()),
                Figure.grouped(scores.support()),
                Figure.of(area));
    }

    private static String matrix(Evaluation evaluation) {
        List<Integer> classes = evaluation.classes();
        List<String> header = new ArrayList<>(List.of(""));
        classes.forEach(c -> header.add(evaluation.label(c).name()));
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (int actual : classes) {
            List<String> row = new ArrayList<>(List.of(evaluation.label(actual).name()));
            classes.forEach(predicted ->
                    row.add(String.valueOf(evaluation.figures().confusion().count(actual, predicted))));
            table.add(row);
        }
        return table.render();
    }

    private static String confusions(Evaluation evaluation) {
        List<Confusion> most = Confusion.most(evaluation, 10);
        if (most.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("true class", "taken for", "images", "share of the class");
        for (Confusion found : most) {
            table.add(List.of(
                    evaluation.label(found.actual()).name(),
                    evaluation.label(found.predicted()).name(),
                    String.valueOf(found.images()),
                    Figure.percent(found.share())));
        }
        return "\nThe most frequent confusions\n" + table.render();
    }
}
