package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.ConfusionMatrix;
import java.awt.Paint;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;

/** A confusion matrix in colours: true classes downwards, predicted ones to the right. */
final class HeatMap {
    /** With more classes than this, only those are named that are confused most, and the numbers are left out. */
    static final int NAMED_CLASSES = 25;

    private static final int NUMBERED_CLASSES = 14;
    private static final int LONGEST_NAME = 18;
    private static final int NAMED_CONFUSIONS = 10;
    private static final String PREDICTED = "taken for";

    private final Evaluation evaluation;
    private final List<Integer> classes;
    private final boolean shares;

    private HeatMap(Evaluation evaluation, boolean shares) {
        this.evaluation = evaluation;
        this.classes = evaluation.classes();
        this.shares = shares;
    }

    /** How many images. */
    static Chart counts(Evaluation evaluation) {
        HeatMap map = new HeatMap(evaluation, false);
        return new Chart("confusion-matrix", "Confusion matrix: images", map::draw, 600, map.height());
    }

    /** Which share of the images of the true class. */
    static Chart shares(Evaluation evaluation) {
        HeatMap map = new HeatMap(evaluation, true);
        return new Chart(
                "confusion-matrix-shares", "Confusion matrix: share of the true class", map::draw, 600, map.height());
    }

    private int height() {
        return classes.size() <= 4 ? 400 : 560;
    }

    private JFreeChart draw(Theme theme) {
        double most = shares ? 1 : most();
        DefaultXYZDataset cells = new DefaultXYZDataset();
        cells.addSeries("images", cells());
        XYBlockRenderer blocks = new XYBlockRenderer();
        blocks.setPaintScale(new Scale(theme, most, classes.size() > NAMED_CLASSES));
        XYPlot plot = Plots.styled(new XYPlot(cells, axis(PREDICTED, theme), axis("true class", theme), blocks), theme);
        plot.getRangeAxis().setInverted(true);
        plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setRangeGridlinesVisible(false);
        plot.setBackgroundPaint(theme.heat(0));
        if (classes.size() <= NUMBERED_CLASSES) {
            number(plot, most, theme);
        }
        return Plots.chart(plot, theme, false);
    }

    /** Of the cells with images: column, row, value. */
    private double[][] cells() {
        int size = classes.size();
        int count = 0;
        double[][] all = new double[3][size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double value = value(row, column);
                if (value > 0) {
                    all[0][count] = column;
                    all[1][count] = row;
                    all[2][count++] = value;
                }
            }
        }
        double[][] filled = new double[3][];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = Arrays.copyOf(all[i], count);
        }
        return filled;
    }

    private NumberAxis axis(String label, Theme theme) {
        if (classes.size() > NAMED_CLASSES) {
            NumberAxis axis = Plots.styled(new NumberAxis(label), theme);
            axis.setNumberFormatOverride(new Names(confused(label.equals(PREDICTED))));
            axis.setRange(-0.5, classes.size() - 0.5);
            axis.setTickUnit(new NumberTickUnit(1));
            axis.setVerticalTickLabels(label.equals(PREDICTED));
            return axis;
        }
        String[] names =
                classes.stream().map(c -> shortened(evaluation.label(c).name())).toArray(String[]::new);
        SymbolAxis axis = Plots.styled(new SymbolAxis(label, names), theme);
        axis.setRange(-0.5, classes.size() - 0.5);
        axis.setGridBandsVisible(false);
        axis.setVerticalTickLabels(label.equals(PREDICTED) && classes.size() > 4);
        return axis;
    }

    /** Of many classes the names of those that are confused most; none where the name of another stands already. */
    private String[] confused(boolean predicted) {
        String[] names = new String[classes.size()];
        Arrays.fill(names, "");
        int apart = 1 + classes.size() / NAMED_CLASSES;
        for (Confusion found : Confusion.most(evaluation, NAMED_CONFUSIONS)) {
            int index = classes.indexOf(predicted ? found.predicted() : found.actual());
            boolean free = IntStream.range(Math.max(0, index - apart + 1), Math.min(names.length, index + apart))
                    .allMatch(i -> names[i].isEmpty());
            if (free) {
                names[index] = shortened(evaluation.label(classes.get(index)).name());
            }
        }
        return names;
    }

    private void number(XYPlot plot, double most, Theme theme) {
        for (int row = 0; row < classes.size(); row++) {
            int[] hundredths = Shares.hundredths(counts(row));
            for (int column = 0; column < classes.size(); column++) {
                double value = value(row, column);
                String text = shares
                        ? String.format(Locale.ROOT, "%.2f", hundredths[column] / 100.0)
                        : Figure.grouped((long) value);
                XYTextAnnotation note = new XYTextAnnotation(text, column, row);
                note.setFont(Plots.LABEL);
                note.setPaint(value == 0 ? theme.quiet() : theme.onHeat(value / most));
                plot.addAnnotation(note, false);
            }
        }
    }

    private int[] counts(int row) {
        ConfusionMatrix matrix = evaluation.figures().confusion();
        return classes.stream()
                .mapToInt(predicted -> matrix.count(classes.get(row), predicted))
                .toArray();
    }

    private double value(int row, int column) {
        ConfusionMatrix matrix = evaluation.figures().confusion();
        int actual = classes.get(row);
        int predicted = classes.get(column);
        return shares ? matrix.share(actual, predicted) : matrix.count(actual, predicted);
    }

    private double most() {
        double most = 1;
        for (int row = 0; row < classes.size(); row++) {
            for (int column = 0; column < classes.size(); column++) {
                most = Math.max(most, value(row, column));
            }
        }
        return most;
    }

    static String shortened(String name) {
        String line = OneLine.of(name);
        return line.codePointCount(0, line.length()) <= LONGEST_NAME
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    /** Writes numbers as the names of classes. */
    private static final class Names extends NumberFormat {
        private static final long serialVersionUID = 1L;

        private final String[] names;

        Names(String[] names) {
            this.names = names;
        }

        @Override
        public StringBuffer format(double number, StringBuffer text, FieldPosition position) {
            return format((long) number, text, position);
        }

        @Override
        public StringBuffer format(long number, StringBuffer text, FieldPosition position) {
            return text.append(number >= 0 && number < names.length ? names[(int) number] : "");
        }

        @Override
        public Number parse(String text, ParsePosition position) {
            throw new UnsupportedOperationException("names are only written");
        }
    }

    /** From none to the most; of many classes, whose cells are small, by the root, so that single images are seen. */
    private record Scale(Theme theme, double most, boolean many) implements PaintScale {
        @Override
        public double getLowerBound() {
            return 0;
        }

        @Override
        public double getUpperBound() {
            return most;
        }

        @Override
        public Paint getPaint(double value) {
            double share = value / most;
            return theme.heat(many ? Math.sqrt(share) : share);
        }
    }
}
