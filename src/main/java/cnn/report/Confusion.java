package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Images of one class that were taken for another.
 *
 * @param share of the images of their class
 */
record Confusion(int actual, int predicted, int images, double share) {

    /** The most frequent ones; of equally frequent ones those of the greater share, then in the order of the classes. */
    static List<Confusion> most(Evaluation evaluation, int atMost) {
        ConfusionMatrix matrix = evaluation.figures().confusion();
        List<Confusion> all = new ArrayList<>();
        List<Integer> classes = evaluation.classes();
        for (int actual : classes) {
            for (int predicted : classes) {
                int images = matrix.count(actual, predicted);
                if (actual != predicted && images > 0) {
                    all.add(new Confusion(actual, predicted, images, matrix.share(actual, predicted)));
                }
            }
        }
        all.sort(Comparator.comparingInt(Confusion::images)
                .thenComparing(Confusion::share)
                .reversed());
        return List.copyOf(all.subList(0, Math.min(atMost, all.size())));
    }
}
