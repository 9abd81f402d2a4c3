package cnn.report;

import cnn.IoReason;
import cnn.UserError;
import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** How loss and accuracy went, epoch by epoch, on training and validation images. */
public record LearningCurves(List<Epoch> epochs) {

    /** The means of one epoch; accuracies from 0 to 1. Epoch 0 is a model as it was before. */
    public record Epoch(int number, double loss, double accuracy, double valLoss, double valAccuracy) {}

    public LearningCurves {
        epochs = List.copyOf(epochs);
    }

    /** The history that training leaves beside a model file, if it is there. */
    public static Optional<LearningCurves> beside(Path model) {
        Path history = model.resolveSibling(model.getFileName() + ".history.csv");
        return Files.isRegularFile(history) ? Optional.of(read(history)) : Optional.empty();
    }

    /**
     * Reads a history: csv with a header that names at least {@code loss}, {@code accuracy}, {@code val_loss} and {@code
     * val_accuracy}, then a row for each epoch.
     *
     * @throws UserError if it is none
     */
    public static LearningCurves read(Path history) {
        try {
            List<String> rows = Files.readAllLines(history);
            List<String> header =
                    rows.isEmpty() ? List.of() : Arrays.asList(rows.get(0).split(",", -1));
            List<Epoch> epochs = new ArrayList<>();
            for (String row : rows.subList(Math.min(1, rows.size()), rows.size())) {
                String[] cells = row.split(",", -1);
                epochs.add(new Epoch(
                        header.contains("epoch") ? (int) number(header, cells, "epoch") : epochs.size() + 1,
                        number(header, cells, "loss"),
                        number(header, cells, "accuracy"),
                        number(header, cells, "val_loss"),
                        number(header, cells, "val_accuracy")));
            }
            return new LearningCurves(epochs);
        } catch (IOException e) {
            throw UserError.data("cannot read " + history + ": " + IoReason.of(e), e);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw UserError.data(history + " is no history of training; expected columns loss, accuracy, val_loss, "
                    + "val_accuracy; move it away to do without");
        }
    }

    /** The content of a PNG file: loss above accuracy, 1280x960. */
    public byte[] png() {
        return chart().png(Theme.LIGHT);
    }

    Chart chart() {
        return new Chart(
                "learning-curves",
                "Learning curves",
                theme -> {
                    NumberAxis epochAxis = Plots.numbers("epoch", theme);
                    epochAxis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
                    epochAxis.setAutoRangeIncludesZero(false);
                    CombinedDomainXYPlot both = Plots.styled(new CombinedDomainXYPlot(epochAxis), theme);
                    both.setGap(18);
                    both.add(panel("loss", true, theme));
                    both.add(panel("accuracy", false, theme));
                    both.setDomainGridlinesVisible(false);
                    return Plots.chart(both, theme, true);
                },
                640,
                480);
    }

    private XYPlot panel(String label, boolean loss, Theme theme) {
        XYSeries training = new XYSeries("training");
        XYSeries validation = new XYSeries("validation");
        for (Epoch epoch : epochs) {
            training.add(epoch.number(), loss ? epoch.loss() : epoch.accuracy());
            validation.add(epoch.number(), loss ? epoch.valLoss() : epoch.valAccuracy());
        }
        XYSeriesCollection series = new XYSeriesCollection(training);
        series.addSeries(validation);
        NumberAxis axis = Plots.numbers(label, theme);
        axis.setAutoRangeIncludesZero(loss);
        var lines = Plots.lines(2, epochs.size() <= 60, theme);
        for (int i = 0; i < 2; i++) {
            lines.setSeriesVisibleInLegend(i, loss);
        }
        XYPlot plot = Plots.styled(new XYPlot(series, null, axis, lines), theme);
        if (!epochs.isEmpty()) {
            plot.addDomainMarker(best(loss, theme));
        }
        return plot;
    }

    /** Where the validation loss is lowest, which is the epoch that training keeps; told in the upper panel. */
    private ValueMarker best(boolean told, Theme theme) {
        int best = IntStream.range(0, epochs.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> epochs.get(i).valLoss()))
                .orElseThrow();
        ValueMarker marker = new ValueMarker(best + 1);
        marker.setPaint(theme.quiet());
        marker.setStroke(new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4, 3}, 0));
        if (told) {
            boolean right = best >= epochs.size() / 2;
            marker.setLabel("best: epoch " + (best + 1));
            marker.setLabelFont(Plots.SMALL);
            marker.setLabelPaint(theme.quiet());
            marker.setLabelBackgroundColor(theme.background());
            marker.setLabelAnchor(right ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
            marker.setLabelTextAnchor(right ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
        }
        return marker;
    }

    private static double number(List<String> header, String[] cells, String column) {
        return Double.parseDouble(cells[header.indexOf(column)]);
    }
}
