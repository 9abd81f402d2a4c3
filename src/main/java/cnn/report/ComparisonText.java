package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.Figures;
import cnn.metrics.PairedDifference;
import java.util.ArrayList;
import java.util.List;

/** Several models side by side for a terminal; each is compared with the first. */
final class ComparisonText {

    private ComparisonText() {}

    static String of(EvaluationReport report) {
        TextTable table = new TextTable(
                "model",
                "images",
                "accuracy",
                "95 %",
                "top 5",
                "macro F1",
                "loss",
                "difference",
                "95 %",
                "only first",
                "only this",
                "p");
        List<String> tests = new ArrayList<>();
        Evaluation first = report.evaluations().get(0);
        for (int i = 0; i < report.evaluations().size(); i++) {
            Evaluation evaluation = report.evaluations().get(i);
            Figures figures = evaluation.figures();
            List<String> row = new ArrayList<>(List.of(
                    report.names().get(i),
                    Figure.grouped(figures.images()),
                    Figure.of(figures.accuracy()),
                    Figure.of(figures.accuracyInterval()),
                    Figure.of(figures.top5Accuracy()),
                    Figure.of(figures.confusion().macro().f1()),
                    Figure.of(figures.loss())));
            if (i == 0) {
                row.addAll(List.of("", "", "", "", ""));
            } else {
                PairedDifference paired = first.against(evaluation, report.seed());
                row.addAll(List.of(
                        Figure.signed(paired.difference()),
                        Figure.signed(paired.interval()),
                        String.valueOf(paired.test().onlyFirst()),
                        String.valueOf(paired.test().onlySecond()),
                        Figure.chance(paired.test().p())));
                tests.add(paired.test().method().words());
            }
            table.add(row);
        }
        return "data      %s\njudged    %s\n"
                        .formatted(OneLine.of(first.data().folder().toString()), EvaluationFacts.judged(first.data()))
                + table.render()
                + "\np: McNemar's test against the first model, "
                + String.join(", ", tests)
                + ". The difference is of accuracy on the same images.\n";
    }
}
