package cnn.report;

import cnn.metrics.RiskCoverage;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Coverage against accuracy: how often a model is right on the share of the images that it is surest of. */
record RiskCoverageChart(RiskCoverage curve) {
    private static final int POINTS = 300;

    Chart chart() {
        return new Chart("risk-coverage", "Accuracy of the images it is surest of", this::draw, 480, 420);
    }

    private JFreeChart draw(Theme theme) {
        XYSeries accuracy = new XYSeries("accuracy", false);
        List<RiskCoverage.Point> shown = Plots.thinned(curve.points(), POINTS);
        shown.forEach(point -> accuracy.add(point.coverage(), point.accuracy()));
        XYPlot plot = Plots.styled(
                new XYPlot(
                        new XYSeriesCollection(accuracy),
                        Plots.shares("coverage: share of the images", theme),
                        Plots.numbers("accuracy", theme),
                        Plots.lines(1, shown.size() == 1, theme)),
                theme);
        double least =
                shown.stream().mapToDouble(RiskCoverage.Point::accuracy).min().orElse(0);
        plot.getRangeAxis().setRange(Math.max(0, Math.floor(least * 10 - 0.5) / 10), 1.005);
        AcceptedImages.of(curve)
                .ifPresent(point -> plot.addDomainMarker(
                        Plots.marker(point.coverage(), Optional.of("99 % right"), point.coverage() > 0.5, theme)));
        return Plots.chart(plot, theme, false);
    }
}
