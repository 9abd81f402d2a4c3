package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.RocCurve;
import java.awt.BasicStroke;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** ROC curves of the classes against the rest; those with the smallest areas in colour. */
final class RocChart {
    private static final int NAMED = 3;
    private static final int MOST = 40;
    private static final int POINTS = 200;

    private final Evaluation evaluation;
    private final List<Curve> curves;

    /** The curve of a class. */
    private record Curve(int label, RocCurve roc) {}

    private RocChart(Evaluation evaluation, List<Curve> curves) {
        this.evaluation = evaluation;
        this.curves = curves;
    }

    /** Empty if no class has images besides others without. */
    static Optional<Chart> of(Evaluation evaluation) {
        Stream<Integer> labels = evaluation.labels().size() == 2
                ? Stream.of(1) // the other one's is the same, turned round
                : evaluation.classes().stream();
        List<Curve> lowestFirst = labels.filter(
                        c -> evaluation.figures().areas().get(c).isPresent())
                .sorted(Comparator.comparing(
                        c -> evaluation.figures().areas().get(c).getAsDouble()))
                .limit(MOST)
                .map(c -> new Curve(c, RocCurve.of(evaluation.scores(), c).get(0)))
                .toList();
        if (lowestFirst.isEmpty()) {
            return Optional.empty();
        }
        String title = lowestFirst.size() > NAMED
                ? "ROC curves; the %d smallest areas in colour".formatted(NAMED)
                : "ROC " + (lowestFirst.size() == 1 ? "curve" : "curves");
        return Optional.of(new Chart("roc", title, new RocChart(evaluation, lowestFirst)::draw, 480, 420));
    }

    private JFreeChart draw(Theme theme) {
        XYSeriesCollection series = new XYSeriesCollection();
        XYLineAndShapeRenderer lines = Plots.lines(Math.min(NAMED, curves.size()), false, theme);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            String name = HeatMap.shortened(evaluation.label(curve.label).name());
            XYSeries points = new XYSeries(name + " " + Figure.of(curve.roc.area()) + " ".repeat(i), false);
            Plots.thinned(curve.roc.points(), POINTS)
                    .forEach(point -> points.add(point.falsePositives(), point.truePositives()));
            series.addSeries(points);
            if (i >= NAMED) {
                lines.setSeriesPaint(i, theme.lines());
                lines.setSeriesStroke(i, new BasicStroke(1f));
                lines.setSeriesVisibleInLegend(i, false);
            }
        }
        XYPlot plot = new XYPlot(
                series, Plots.shares("false positive rate", theme), Plots.shares("true positive rate", theme), lines);
        return Plots.chart(Plots.styled(plot, theme), theme, true);
    }
}
