package cnn.metrics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * All figures of one evaluation.
 *
 * @param loss mean cross-entropy
 * @param confusion rows are the true classes
 * @param areas under the ROC curve of each class against the rest; absent where it has no images, or all of them
 * @param accuracyInterval by drawing images with replacement
 * @param macroF1Interval likewise
 */
public record Figures(
        int images,
        double loss,
        double top5Accuracy,
        ConfusionMatrix confusion,
        List<OptionalDouble> areas,
        Calibration calibration,
        Interval accuracyInterval,
        Interval macroF1Interval) {

    public Figures {
        areas = List.copyOf(areas);
    }

    /** Computes everything; {@code seed} decides the intervals only. */
    public static Figures of(Scores scores, long seed) {
        int[] actual = scores.actual();
        int[] predicted = scores.predicted();
        boolean[] right = scores.right();
        Bootstrap bootstrap = new Bootstrap(seed);
        return new Figures(
                scores.images(),
                scores.loss(),
                scores.topAccuracy(5),
                ConfusionMatrix.of(actual, predicted, scores.classes()),
                IntStream.range(0, scores.classes())
                        .mapToObj(c -> RocCurve.area(scores, c))
                        .toList(),
                Calibration.of(scores),
                bootstrap.of(scores.images(), drawn -> share(right, drawn)),
                bootstrap.of(scores.images(), drawn -> macroF1(actual, predicted, drawn, scores.classes())));
    }

    public double accuracy() {
        return confusion.accuracy();
    }

    /** The mean area under the ROC curves, over the classes that have one. */
    public OptionalDouble macroArea() {
        return areas.stream().flatMapToDouble(OptionalDouble::stream).average();
    }

    private static double share(boolean[] right, int[] drawn) {
        int hits = 0;
        for (int image : drawn) {
            hits += right[image] ? 1 : 0;
        }
        return (double) hits / drawn.length;
    }

    /** As {@link ConfusionMatrix#macro}, without the matrix, which is large where classes are many. */
    private static double macroF1(int[] actual, int[] predicted, int[] drawn, int classes) {
        int[] hits = new int[classes];
        int[] both = new int[classes];
        for (int image : drawn) {
            both[actual[image]]++;
            both[predicted[image]]++;
            hits[actual[image]] += actual[image] == predicted[image] ? 1 : 0;
        }
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < classes; c++) {
            sum += ClassScores.ratio(2 * hits[c], both[c]);
            occurring += both[c] > 0 ? 1 : 0;
        }
        return sum / occurring;
    }
}
