package cnn.report;

import cnn.Counted;
import cnn.evaluate.Evaluation;
import cnn.evaluate.Mistake;
import cnn.files.PartFolder;
import cnn.metrics.Figures;
import cnn.metrics.RiskCoverage;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of one evaluation: a page of HTML that needs nothing besides itself, and its charts as files.
 *
 * @param name how the user named the model
 * @param version of the tool
 * @param seed of the intervals
 * @param curves how training went, if that is known
 * @param mistakes to be shown
 * @param facts settings and provenance
 */
public record EvaluationPage(
        Evaluation evaluation,
        String name,
        String version,
        long seed,
        Optional<TrainingCurves> curves,
        List<Mistake> mistakes,
        Map<String, String> facts) {
    private static final String TEMPLATE = "evaluation.html.mustache";

    public EvaluationPage {
        mistakes = List.copyOf(mistakes);
        facts = new LinkedHashMap<>(facts);
    }

    /** Writes the charts, each as PNG and SVG, and then {@code index.html}. */
    public void write(PartFolder folder) throws IOException {
        List<Chart> charts = new ArrayList<>();
        groups().forEach(group -> charts.addAll(group.charts()));
        for (Chart chart : charts) {
            folder.add(chart.name() + ".svg", chart.svg(Theme.LIGHT));
            folder.add(chart.name() + ".png", chart.png(Theme.LIGHT));
        }
        folder.add("index.html", html().getBytes(StandardCharsets.UTF_8));
    }

    /** The page. */
    String html() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", name.substring(name.lastIndexOf('/') + 1));
        page.put("data", evaluation.data().folder().toString());
        page.put("images", Counted.of(evaluation.figures().images(), "image"));
        page.put("folders", Counted.of(evaluation.data().classes().size(), "class"));
        page.put("classCount", Figure.grouped(evaluation.classes().size()));
        page.put("judged", EvaluationFacts.judged(evaluation.data()));
        page.put("version", version);
        page.put("seed", seed);
        page.put("tiles", tiles());
        page.put("notes", evaluation.notes());
        page.put("groups", groups().stream().map(ChartGroup::values).toList());
        page.putAll(new PageTables(evaluation).values());
        page.putAll(new PageGallery(evaluation, mistakes).values());
        page.put(
                "facts",
                facts.entrySet().stream()
                        .map(fact -> Map.of("key", fact.getKey(), "value", fact.getValue()))
                        .toList());
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withEscaper(text -> Escapers.HTML.escape(OneLine.of(text)))
                .withLoader(EvaluationPage::resource)
                .compile(resource(TEMPLATE))
                .execute(page);
    }

    private List<ChartGroup> groups() {
        List<ChartGroup> groups = new ArrayList<>();
        groups.add(new ChartGroup(
                "What was taken for what",
                "Rows are the true classes, columns what the model says.",
                List.of(HeatMap.counts(evaluation), HeatMap.shares(evaluation))));
        List<Chart> quality = new ArrayList<>();
        quality.add(new ClassBars(evaluation).chart());
        curves.filter(found -> !found.isEmpty()).ifPresent(found -> quality.add(found.chart()));
        groups.add(new ChartGroup(curves.isPresent() ? "Classes, and how training went" : "Classes", "", quality));
        List<Chart> confidence = new ArrayList<>();
        confidence.add(new ReliabilityDiagram(evaluation.figures().calibration()).chart());
        confidence.add(new RiskCoverageChart(RiskCoverage.of(evaluation.scores())).chart());
        RocChart.of(evaluation).ifPresent(confidence::add);
        groups.add(new ChartGroup(
                "How sure it is",
                "Bars below the line: more confident than right. Coverage: how many images are left when those it is least "
                        + "sure of are passed over. Curves near the upper left corner: the class is told from the others.",
                confidence));
        return groups;
    }

    private List<Map<String, Object>> tiles() {
        Figures figures = evaluation.figures();
        List<Map<String, Object>> tiles = new ArrayList<>();
        tiles.add(Map.of(
                "first",
                true,
                "name",
                "accuracy",
                "value",
                Figure.percent(figures.accuracy()),
                "small",
                "95 %%: %s to %s"
                        .formatted(
                                Figure.percent(figures.accuracyInterval().low()),
                                Figure.percent(figures.accuracyInterval().high()))));
        if (evaluation.labels().size() > 5) {
            tiles.add(tile("top 5", Figure.percent(figures.top5Accuracy()), ""));
        }
        tiles.add(tile(
                "macro F1",
                Figure.of(figures.confusion().macro().f1()),
                "95 %: " + Figure.of(figures.macroF1Interval())));
        tiles.add(tile("loss", Figure.of(figures.loss()), "cross-entropy"));
        tiles.add(tile("Matthews", Figure.of(figures.confusion().matthews()), "correlation"));
        tiles.add(tile("Cohen's kappa", Figure.of(figures.confusion().kappa()), "beyond chance"));
        figures.macroArea().ifPresent(area -> tiles.add(tile("ROC AUC", Figure.of(area), "mean over the classes")));
        tiles.add(tile("ECE", Figure.of(figures.calibration().error()), error()));
        tiles.add(AcceptedImages.of(evaluation)
                .map(point -> tile(
                        "99 % right from",
                        AcceptedImages.threshold(point), Figure.percent(point.coverage()) + " of the images"))
                .orElseGet(() -> tile("99 % right from", "none", "no threshold does it")));
        int failed = evaluation.failures().size();
        if (failed > 0 || evaluation.labels().size() <= 5) {
            tiles.add(tile(
                    "images",
                    Figure.grouped(figures.images()),
                    failed == 0 ? "all read" : failed + " more cannot be read"));
        }
        return tiles;
    }

    private String error() {
        return evaluation
                .effect()
                .map(effect -> evaluation.calibrated()
                        ? Figure.of(effect.before().calibrationError()) + " without the temperature"
                        : Figure.of(effect.after().calibrationError()) + " at the model's temperature")
                .orElse("calibration error, 15 bins");
    }

    private static Map<String, Object> tile(String name, String value, String small) {
        return Map.of("first", false, "name", name, "value", value, "small", small);
    }

    private static Reader resource(String name) {
        return new InputStreamReader(EvaluationPage.class.getResourceAsStream(name), StandardCharsets.UTF_8);
    }
}
