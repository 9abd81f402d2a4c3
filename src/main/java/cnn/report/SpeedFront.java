package cnn.report;

import cnn.classify.MeasuredSpeeds.Speed;
import cnn.report.ModelList.Entry;
import java.awt.BasicStroke;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Published accuracy against measured speed: a point for each network of which both are known, and a line through those that
 * no other beats in both, which are named.
 */
public final class SpeedFront {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;
    /** What a name takes of the width, and of the height in percent of accuracy. */
    private static final double NAME_SHARE = 0.2;

    private static final double NAME_PERCENT = 1.1;

    private final List<Entry> entries;

    /** Of these networks those of which both figures are known. */
    public SpeedFront(List<Entry> entries) {
        this.entries = entries.stream()
                .filter(entry -> entry.speed().isPresent()
                        && entry.topOne().isPresent()
                        && entry.published().isPresent())
                .sorted(Comparator.comparing(SpeedFront::speed).reversed())
                .toList();
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public byte[] png() {
        return chart().png(Theme.LIGHT);
    }

    public byte[] svg() {
        return chart().svg(Theme.LIGHT);
    }

    /** The networks that no other beats in speed and accuracy, the fastest first. */
    List<Entry> front() {
        List<Entry> front = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (Entry entry : entries) {
            if (accuracy(entry) > best) {
                best = accuracy(entry);
                front.add(entry);
            }
        }
        return front;
    }

    private Chart chart() {
        return new Chart(
                "accuracy-and-speed",
                "Accuracy and speed",
                theme -> Plots.chart(plot(theme), theme, false),
                WIDTH,
                HEIGHT);
    }

    private XYPlot plot(Theme theme) {
        List<Entry> front = front();
        XYSeriesCollection points = new XYSeriesCollection(series("front", front));
        List<Entry> others = new ArrayList<>(entries);
        others.removeAll(front);
        points.addSeries(series("others", others));
        XYLineAndShapeRenderer renderer = Plots.lines(2, true, theme);
        renderer.setSeriesLinesVisible(1, false);
        renderer.setSeriesPaint(1, theme.quiet());
        renderer.setSeriesStroke(0, new BasicStroke(1.6f));
        XYPlot plot = Plots.styled(new XYPlot(points, speeds(theme), accuracies(theme), renderer), theme);
        plot.setDomainGridlinesVisible(true);
        plot.setDomainGridlinePaint(theme.lines());
        name(front, plot, theme);
        return plot;
    }

    private static XYSeries series(String name, List<Entry> entries) {
        XYSeries series = new XYSeries(name, false);
        entries.forEach(entry -> series.add(doublings(speed(entry)), accuracy(entry)));
        return series;
    }

    /** Above and to the right of the points, where no others are; below and to the left where that would hide a name. */
    private void name(List<Entry> front, XYPlot plot, Theme theme) {
        double right = Double.NEGATIVE_INFINITY;
        double height = Double.NEGATIVE_INFINITY;
        for (Entry entry :
                front.stream().sorted(Comparator.comparing(SpeedFront::speed)).toList()) {
            double x = doublings(speed(entry));
            boolean hides = x < right && height - accuracy(entry) < NAME_PERCENT;
            XYTextAnnotation label =
                    new XYTextAnnotation(" " + entry.name() + " ", x, accuracy(entry) + (hides ? -0.15 : 0.15));
            label.setFont(Plots.SMALL);
            label.setPaint(theme.text());
            label.setTextAnchor(hides ? TextAnchor.TOP_RIGHT : TextAnchor.BOTTOM_LEFT);
            plot.addAnnotation(label);
            if (!hides) {
                right = x + width() * NAME_SHARE;
                height = accuracy(entry);
            }
        }
    }

    /** An axis on which each mark is twice the one before. */
    private NumberAxis speeds(Theme theme) {
        Speed first = entries.get(0).speed().orElseThrow();
        NumberAxis axis = Plots.numbers(
                "images a second (%s, %d threads, batch %d)"
                        .formatted(first.precision(), first.threads(), first.batchSize()),
                theme);
        axis.setNumberFormatOverride(new Doublings());
        axis.setTickUnit(new NumberTickUnit(1));
        double slowest = doublings(speed(entries.get(entries.size() - 1)));
        axis.setRange(slowest - 0.3, slowest + width());
        return axis;
    }

    /** From the slowest network to the fastest and its name. */
    private double width() {
        double slowest = speed(entries.get(entries.size() - 1));
        return 1 + doublings(speed(entries.get(0)) / slowest) / (1 - NAME_SHARE);
    }

    private static double doublings(double speed) {
        return Math.log(speed) / Math.log(2);
    }

    /** Writes the logarithm of a number as that number. */
    private static final class Doublings extends DecimalFormat {
        private static final long serialVersionUID = 1;

        private Doublings() {
            super("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
        }

        @Override
        public StringBuffer format(double logarithm, StringBuffer result, FieldPosition position) {
            return super.format(Math.pow(2, logarithm), result, position);
        }
    }

    private static NumberAxis accuracies(Theme theme) {
        NumberAxis axis = Plots.numbers("published top-1 accuracy, %", theme);
        axis.setAutoRangeIncludesZero(false);
        return axis;
    }

    private static double speed(Entry entry) {
        return entry.speed().orElseThrow().imagesPerSecond();
    }

    private static double accuracy(Entry entry) {
        return entry.topOne().orElseThrow();
    }
}
