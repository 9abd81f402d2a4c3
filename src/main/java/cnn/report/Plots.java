package cnn.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/** The looks that all charts share. */
final class Plots {
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Shape POINT = new Ellipse2D.Double(-2.5, -2.5, 5, 5);

    static {
        TextUtils.setUseDrawRotatedStringWorkaround(false); // text stays text in SVG
    }

    private Plots() {}

    /** A whole chart without a title: the page and the paper have captions. */
    static JFreeChart chart(Plot plot, Theme theme, boolean legend) {
        JFreeChart chart = new JFreeChart(null, LABEL, plot, legend);
        chart.setBackgroundPaint(theme.background());
        chart.setPadding(new RectangleInsets(8, 6, 6, 14));
        if (legend) {
            chart.getLegend().setBackgroundPaint(theme.background());
            chart.getLegend().setItemFont(LABEL);
            chart.getLegend().setItemPaint(theme.text());
            chart.getLegend().setFrame(BlockBorder.NONE);
            chart.getLegend().setPosition(RectangleEdge.TOP);
        }
        return chart;
    }

    static <P extends XYPlot> P styled(P plot, Theme theme) {
        plot.setBackgroundPaint(theme.background());
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(theme.lines());
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    static CategoryPlot styled(CategoryPlot plot, Theme theme) {
        plot.setBackgroundPaint(theme.background());
        plot.setRangeGridlinePaint(theme.lines());
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        plot.setOutlineVisible(false);
        return plot;
    }

    static <A extends Axis> A styled(A axis, Theme theme) {
        axis.setLabelFont(LABEL);
        axis.setLabelPaint(theme.text());
        axis.setTickLabelFont(SMALL);
        axis.setTickLabelPaint(theme.quiet());
        axis.setAxisLinePaint(theme.lines());
        axis.setTickMarksVisible(false);
        return axis;
    }

    /** An axis of numbers; written as in English wherever the program runs. */
    static NumberAxis numbers(String label, Theme theme) {
        NumberAxis axis = styled(new NumberAxis(label), theme);
        axis.setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
        return axis;
    }

    /** An axis from 0 to 1 with a mark at each fifth. */
    static NumberAxis shares(String label, Theme theme) {
        NumberAxis axis = numbers(label, theme);
        axis.setRange(0, 1);
        axis.setTickUnit(new NumberTickUnit(0.2));
        return axis;
    }

    /**
     * Lines in the colours of the theme.
     *
     * @param points whether to mark the single points
     */
    static XYLineAndShapeRenderer lines(int series, boolean points, Theme theme) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, points);
        for (int i = 0; i < series; i++) {
            renderer.setSeriesPaint(i, theme.series(i));
            renderer.setSeriesStroke(i, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            renderer.setSeriesShape(i, POINT);
        }
        return renderer;
    }

    /** At most so many points of a line, the first and the last among them. */
    static <P> List<P> thinned(List<P> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        List<P> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(points.get((int) ((long) i * (points.size() - 1) / (most - 1))));
        }
        return some;
    }

    /**
     * A dashed line that marks a value.
     *
     * @param label what it says, if anything
     * @param right whether the value lies in the right half, so that the label goes to its left
     */
    static ValueMarker marker(double value, Optional<String> label, boolean right, Theme theme) {
        ValueMarker marker = new ValueMarker(value);
        marker.setPaint(theme.quiet());
        marker.setStroke(new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4, 3}, 0));
        label.ifPresent(words -> {
            marker.setLabel(words);
            marker.setLabelFont(SMALL);
            marker.setLabelPaint(theme.quiet());
            marker.setLabelBackgroundColor(theme.background());
            marker.setLabelAnchor(right ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
            marker.setLabelTextAnchor(right ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
        });
        return marker;
    }
}
