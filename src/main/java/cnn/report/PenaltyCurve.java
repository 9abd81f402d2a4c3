package cnn.report;

import cnn.linear.LinearHeadSearch;
import cnn.linear.LinearHeadSearch.Tried;
import cnn.metrics.Interval;
import java.awt.BasicStroke;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * How the penalties of a linear head did in cross-validation, from the strongest to the weakest: a row of csv for each, and a
 * curve.
 *
 * @param chosen the value of C that was taken
 */
public record PenaltyCurve(List<Tried> path, Optional<Double> chosen) implements TrainingCurves {
    static final String PENALTY = "penalty";

    private static final List<String> COLUMNS =
            List.of(PENALTY, "cv_loss", "cv_accuracy", "cv_accuracy_low", "cv_accuracy_high", "chosen");
    private static final float BAND_ALPHA = 0.15f;

    public PenaltyCurve {
        path = List.copyOf(path);
    }

    public static PenaltyCurve of(LinearHeadSearch.Found found) {
        return new PenaltyCurve(found.path(), found.validated().map(Tried::penalty));
    }

    static PenaltyCurve of(HistoryTable history) {
        List<double[]> rows = history.numbers(COLUMNS);
        return new PenaltyCurve(
                rows.stream()
                        .map(row -> new Tried(row[0], row[2], new Interval(row[3], row[4]), row[1]))
                        .toList(),
                rows.stream().filter(row -> row[5] == 1).map(row -> row[0]).findFirst());
    }

    /** The whole file: equal paths, equal text. */
    public String csv() {
        StringBuilder text = new StringBuilder(Csv.row(COLUMNS.toArray(String[]::new)));
        for (Tried tried : path) {
            text.append(Csv.row(
                    typed(tried.penalty()),
                    number(tried.logLoss()),
                    number(tried.accuracy()),
                    number(tried.interval().low()),
                    number(tried.interval().high()),
                    chosen.filter(penalty -> penalty.doubleValue() == tried.penalty())
                                    .isPresent()
                            ? "1"
                            : "0"));
        }
        return text.toString();
    }

    @Override
    public boolean isEmpty() {
        return path.isEmpty();
    }

    @Override
    public Chart chart() {
        return new Chart(
                "penalty-curve",
                "Cross-validation of the penalty, with the 95 % interval of the accuracy",
                theme -> {
                    CombinedDomainXYPlot both = Plots.styled(new CombinedDomainXYPlot(penaltyAxis(theme)), theme);
                    both.setGap(18);
                    both.add(panel("loss", true, theme));
                    both.add(panel("accuracy", false, theme));
                    both.setDomainGridlinesVisible(false);
                    return Plots.chart(both, theme, false);
                },
                640,
                480);
    }

    private static NumberAxis penaltyAxis(Theme theme) {
        NumberAxis axis = Plots.numbers("C; the penalty is stronger on the left", theme);
        axis.setNumberFormatOverride(new DecimalFormat("'1e'0;'1e-'0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        axis.setAutoRangeIncludesZero(false);
        return axis;
    }

    private XYPlot panel(String figure, boolean loss, Theme theme) {
        YIntervalSeries series = new YIntervalSeries(figure);
        for (Tried tried : path) {
            double at = Math.log10(tried.penalty());
            if (loss) {
                series.add(at, tried.logLoss(), tried.logLoss(), tried.logLoss());
            } else {
                series.add(
                        at,
                        tried.accuracy(),
                        tried.interval().low(),
                        tried.interval().high());
            }
        }
        YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
        collection.addSeries(series);
        DeviationRenderer renderer = new DeviationRenderer(true, true);
        renderer.setSeriesPaint(0, theme.series(1));
        renderer.setSeriesFillPaint(0, theme.series(1));
        renderer.setSeriesStroke(0, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        renderer.setSeriesShape(0, Plots.POINT);
        renderer.setAlpha(BAND_ALPHA);
        NumberAxis axis = Plots.numbers("cross-validated " + figure, theme);
        axis.setAutoRangeIncludesZero(loss);
        XYPlot plot = Plots.styled(new XYPlot(collection, null, axis, renderer), theme);
        chosen.ifPresent(penalty -> plot.addDomainMarker(Plots.marker(
                Math.log10(penalty),
                loss ? Optional.of("chosen: C = " + Figure.plain(penalty)) : Optional.empty(),
                penalty > path.get(path.size() / 2).penalty(),
                theme)));
        return plot;
    }

    /** A value of C as people type it. */
    public static String typed(double penalty) {
        return BigDecimal.valueOf(penalty).stripTrailingZeros().toPlainString();
    }

    private static String number(double value) {
        return SignificantDigits.of((float) value);
    }
}
