package cnn.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * How loss and accuracy went, epoch by epoch, on training and validation images.
 *
 * @param kept the epoch that is saved; empty: that of the lowest validation loss
 */
public record LearningCurves(List<Epoch> epochs, OptionalInt kept) implements TrainingCurves {

    /** The means of one epoch; accuracies from 0 to 1. Epoch 0 is a model as it was before. */
    public record Epoch(int number, double loss, double accuracy, double valLoss, double valAccuracy) {}

    public LearningCurves {
        epochs = List.copyOf(epochs);
    }

    /** The epochs of a history; they are numbered as its column {@code epoch} says, if there is one. */
    static LearningCurves of(HistoryTable history) {
        List<double[]> numbers = history.has("epoch") ? history.numbers(List.of("epoch")) : List.of();
        List<Epoch> epochs = new ArrayList<>();
        for (double[] row : history.numbers(List.of("loss", "accuracy", "val_loss", "val_accuracy"))) {
            int number = numbers.isEmpty() ? epochs.size() + 1 : (int) numbers.get(epochs.size())[0];
            epochs.add(new Epoch(number, row[0], row[1], row[2], row[3]));
        }
        return new LearningCurves(epochs, OptionalInt.empty());
    }

    @Override
    public LearningCurves keeping(int epoch) {
        return new LearningCurves(epochs, OptionalInt.of(epoch));
    }

    @Override
    public boolean isEmpty() {
        return epochs.isEmpty();
    }

    @Override
    public Chart chart() {
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

    /** At the epoch that training keeps; told in the upper panel. */
    private ValueMarker best(boolean told, Theme theme) {
        Epoch best = epochs.stream()
                .filter(epoch -> kept.isPresent() && epoch.number() == kept.getAsInt())
                .findFirst()
                .or(() -> epochs.stream().min(Comparator.comparingDouble(Epoch::valLoss)))
                .orElseThrow();
        return Plots.marker(
                best.number(),
                told ? Optional.of("best: epoch " + best.number()) : Optional.empty(),
                epochs.indexOf(best) >= epochs.size() / 2,
                theme);
    }
}
