package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.ClassScores;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** Precision, recall and F1 of each class as bars; of many classes the ones with the lowest F1. */
record ClassBars(Evaluation evaluation) {
    private static final int MOST = 15;
    private static final int HEIGHT_PER_CLASS = 40;

    Chart chart() {
        List<Integer> shown = shown();
        String title = shown.size() == MOST
                ? "Of the classes with images the %d with the lowest F1".formatted(shown.size())
                : "Precision, recall and F1 of each class";
        return new Chart("classes", title, theme -> draw(shown, theme), 640, 90 + HEIGHT_PER_CLASS * shown.size());
    }

    /** In the order of the classes. */
    private List<Integer> shown() {
        List<ClassScores> scores = evaluation.figures().confusion().scores();
        Set<Integer> lowest = new HashSet<>(evaluation.classes().stream()
                .filter(c -> scores.get(c).support() > 0)
                .sorted(Comparator.comparing(c -> scores.get(c).f1()))
                .limit(MOST)
                .toList());
        return evaluation.classes().stream().filter(lowest::contains).toList();
    }

    private JFreeChart draw(List<Integer> shown, Theme theme) {
        DefaultCategoryDataset bars = new DefaultCategoryDataset();
        for (int c : shown) {
            ClassScores scores = evaluation.figures().confusion().scores().get(c);
            Category category =
                    new Category(c, HeatMap.shortened(evaluation.label(c).name()));
            bars.addValue(scores.precision(), "precision", category);
            bars.addValue(scores.recall(), "recall", category);
            bars.addValue(scores.f1(), "F1", category);
        }
        BarRenderer renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setItemMargin(0.06);
        Stream.of(0, 1, 2).forEach(i -> renderer.setSeriesPaint(i, theme.series(i)));
        CategoryAxis classes = Plots.styled(new CategoryAxis(), theme);
        classes.setTickLabelPaint(theme.text());
        classes.setCategoryMargin(0.25);
        classes.setMaximumCategoryLabelWidthRatio(0.4f);
        NumberAxis axis = Plots.shares(null, theme);
        CategoryPlot plot = Plots.styled(new CategoryPlot(bars, classes, axis, renderer), theme);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        return Plots.chart(plot, theme, true);
    }

    /** Keeps classes of one name apart. */
    private record Category(int index, String name) implements Comparable<Category> {
        @Override
        public int compareTo(Category other) {
            return Integer.compare(index, other.index);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
