package cnn.report;

import cnn.metrics.Calibration;
import java.awt.BasicStroke;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** How often a model is right where it is so and so sure: on the diagonal, if it is as good as it says. */
record ReliabilityDiagram(Calibration calibration) {

    Chart chart() {
        return new Chart("reliability", "Reliability: is it as often right as it says?", this::draw, 480, 420);
    }

    private JFreeChart draw(Theme theme) {
        XYIntervalSeries accuracy = new XYIntervalSeries("accuracy");
        for (Calibration.Bin bin : calibration.bins()) {
            if (bin.images() > 0) {
                double middle = (bin.from() + bin.to()) / 2;
                accuracy.add(middle, bin.from(), bin.to(), bin.accuracy(), 0, bin.accuracy());
            }
        }
        XYIntervalSeriesCollection bars = new XYIntervalSeriesCollection();
        bars.addSeries(accuracy);
        XYBarRenderer blocks = new XYBarRenderer(0.12);
        blocks.setBarPainter(new StandardXYBarPainter());
        blocks.setShadowVisible(false);
        blocks.setSeriesPaint(0, theme.series(0));
        XYPlot plot = Plots.styled(
                new XYPlot(bars, Plots.shares("confidence", theme), Plots.shares("accuracy", theme), blocks), theme);
        XYSeries diagonal = new XYSeries("as it should be");
        diagonal.add(0, 0);
        diagonal.add(1, 1);
        XYLineAndShapeRenderer line = new XYLineAndShapeRenderer(true, false);
        line.setSeriesPaint(0, theme.series(1));
        float[] dashes = {6, 5};
        line.setSeriesStroke(0, new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
        plot.setDataset(1, new XYSeriesCollection(diagonal));
        plot.setRenderer(1, line);
        plot.setDatasetRenderingOrder(org.jfree.chart.plot.DatasetRenderingOrder.FORWARD);
        return Plots.chart(plot, theme, true);
    }
}
