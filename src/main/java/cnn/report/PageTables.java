package cnn.report;

import cnn.classify.Classification;
import cnn.evaluate.Evaluation;
import cnn.metrics.ClassScores;
import cnn.metrics.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The tables of a page, as its template wants them. */
record PageTables(Evaluation evaluation) {
    private static final int CONFUSIONS = 12;
    private static final int FAILURES = 20;
    private static final int FOLDED_FROM = 40;
    private static final int UNBROKEN = 10;

    Map<String, Object> values() {
        Figures figures = evaluation.figures();
        List<Integer> classes = evaluation.classes();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("manyClasses", classes.size() > FOLDED_FROM);
        values.put(
                "classes",
                classes.stream()
                        .map(c -> row(
                                evaluation.label(c).name(),
                                figures.confusion().scores().get(c),
                                figures.areas().get(c)))
                        .toList());
        values.put(
                "means",
                List.of(
                        row("macro", figures.confusion().macro(), figures.macroArea()),
                        row("weighted", figures.confusion().weighted(), OptionalDouble.empty())));
        List<Map<String, String>> confusions =
                Confusion.most(evaluation, CONFUSIONS).stream().map(this::row).toList();
        values.put("hasConfusions", !confusions.isEmpty());
        values.put("confusions", confusions);
        List<Classification> failures = evaluation.failures();
        values.put("hasFailures", !failures.isEmpty());
        values.put(
                "failures",
                failures.stream().limit(FAILURES).map(PageTables::row).toList());
        values.put(
                "moreFailures", failures.size() > FAILURES ? "and %d more".formatted(failures.size() - FAILURES) : "");
        return values;
    }

    private static Map<String, String> row(String name, ClassScores scores, OptionalDouble area) {
        return Map.of(
                "name", name,
                "precision", Figure.of(scores.precision()),
                "recall", Figure.of(scores.recall()),
                "f1", Figure.of(scores.f1()),
                "support", Figure.grouped(scores.support()),
                "area", Figure.of(area));
    }

    private Map<String, String> row(Confusion found) {
        return Map.of(
                "actual", evaluation.label(found.actual()).name(),
                "predicted", evaluation.label(found.predicted()).name(),
                "images", Figure.grouped(found.images()),
                "share", Figure.percent(found.share()));
    }

    /** A path in two parts, the second of which is to stay on one line: its last letters and the suffix. */
    static Map<String, String> path(String input) {
        int length = input.codePointCount(0, input.length());
        int cut = input.offsetByCodePoints(0, Math.max(0, length - UNBROKEN));
        return Map.of("start", input.substring(0, cut), "end", input.substring(cut));
    }

    private static Map<String, Object> row(Classification failed) {
        return Map.of(
                "input", path(failed.input()),
                "message", failed.failure().orElseThrow().message());
    }
}
