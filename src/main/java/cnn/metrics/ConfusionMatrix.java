package cnn.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How often images of one class were taken for another, and the figures that follow from that alone; all as
 * scikit-learn defines them.
 */
public final class ConfusionMatrix {
    private final int[][] counts;
    private final List<ClassScores> scores = new ArrayList<>();
    private final long images;
    private final long hits;

    private ConfusionMatrix(int[][] counts) {
        this.counts = counts;
        long all = 0;
        long right = 0;
        for (int c = 0; c < counts.length; c++) {
            long support = 0;
            long predictions = 0;
            for (int other = 0; other < counts.length; other++) {
                support += counts[c][other];
                predictions += counts[other][c];
            }
            scores.add(ClassScores.of(counts[c][c], support, predictions));
            all += support;
            right += counts[c][c];
        }
        this.images = all;
        this.hits = right;
    }

    /**
     * @param actual class of each image
     * @param predicted class of each image, as the model says
     */
    public static ConfusionMatrix of(int[] actual, int[] predicted, int classes) {
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            counts[actual[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(counts);
    }

    public int classes() {
        return counts.length;
    }

    /** Images of class {@code actual} that were taken for {@code predicted}. */
    public int count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** The share of the images of class {@code actual} that were taken for {@code predicted}; 0 if there are none. */
    public double share(int actual, int predicted) {
        return ClassScores.ratio(counts[actual][predicted], scores.get(actual).support());
    }

    public long images() {
        return images;
    }

    public double accuracy() {
        return ClassScores.ratio(hits, images);
    }

    /** The figures of each class. */
    public List<ClassScores> scores() {
        return List.copyOf(scores);
    }

    /** The plain mean over the classes that occur among truths or predictions, scikit-learn's default labels. */
    public ClassScores macro() {
        return mean(score -> score.occurs() ? 1 : 0);
    }

    /** The mean over the classes, weighted by how many images there are of each. */
    public ClassScores weighted() {
        return mean(ClassScores::support);
    }

    /** Matthews's correlation coefficient for any number of classes (Gorodkin 2004); 0 where it is undefined. */
    public double matthews() {
        double expected = chanceHits();
        double truths = 0;
        double predictions = 0;
        for (ClassScores score : scores) {
            truths += (double) score.support() * score.support();
            predictions += (double) score.predictions() * score.predictions();
        }
        double all = (double) images * images;
        return ClassScores.ratio(
                (double) hits * images - expected, Math.sqrt(all - predictions) * Math.sqrt(all - truths));
    }

    /** Cohen's kappa: agreement beyond chance; 0 where it is undefined, which is when there is one class only. */
    public double kappa() {
        double chance = chanceHits();
        return ClassScores.ratio((double) hits * images - chance, (double) images * images - chance);
    }

    /** The sum over the classes of truths times predictions: hits by chance, times the number of images. */
    private double chanceHits() {
        double sum = 0;
        for (ClassScores score : scores) {
            sum += (double) score.support() * score.predictions();
        }
        return sum;
    }

    private ClassScores mean(ToDoubleFunction<ClassScores> weight) {
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        double weights = 0;
        for (ClassScores score : scores) {
            double w = weight.applyAsDouble(score);
            precision += w * score.precision();
            recall += w * score.recall();
            f1 += w * score.f1();
            weights += w;
        }
        return new ClassScores(
                ClassScores.ratio(precision, weights),
                ClassScores.ratio(recall, weights),
                ClassScores.ratio(f1, weights),
                images,
                images);
    }
}
