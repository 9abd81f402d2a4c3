package cnn.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of one class against the rest.
 *
 * @param points from (0, 0) to (1, 1), one for each distinct probability, without those on a straight line between others
 * @param area under the curve: how often an image of the class has a higher probability of it than one that is not of it,
 *     ties counted half (Mann and Whitney's U)
 */
public record RocCurve(List<Point> points, double area) {

    /** Shares of the other images, and of the images of the class, that are at or above a threshold. */
    public record Point(double falsePositives, double truePositives) {}

    public RocCurve {
        points = List.copyOf(points);
    }

    /** The area alone; absent where a class has no images, or all of them. */
    static OptionalDouble area(Scores scores, int label) {
        List<RocCurve> curve = of(scores, label);
        return curve.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(curve.get(0).area);
    }

    /** The curve of a class; none where it has no images, or all of them. */
    public static List<RocCurve> of(Scores scores, int label) {
        long positives = IntStream.of(scores.actual()).filter(c -> c == label).count();
        long negatives = scores.images() - positives;
        if (positives == 0 || negatives == 0) {
            return List.of();
        }
        List<long[]> corners = corners(scores, label, likeliestFirst(scores, label));
        double twiceArea = 0;
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < corners.size(); i++) {
            long[] corner = corners.get(i);
            if (i > 0) {
                long[] before = corners.get(i - 1);
                twiceArea += (double) (corner[0] - before[0]) * (corner[1] + before[1]);
            }
            points.add(new Point((double) corner[0] / negatives, (double) corner[1] / positives));
        }
        return List.of(new RocCurve(points, twiceArea / 2 / positives / negatives));
    }

    /** The images by their probability of a class: numbers of its bits, which grow with it, and the image. */
    private static int[] likeliestFirst(Scores scores, int label) {
        long[] keys = new long[scores.images()];
        for (int i = 0; i < keys.length; i++) {
            float probability = Math.max(0, scores.probabilities()[i][label]);
            keys[i] = (long) Float.floatToIntBits(probability) << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[order.length - 1 - i];
        }
        return order;
    }

    /** False and true positives after each distinct probability, where the curve bends. */
    private static List<long[]> corners(Scores scores, int label, int[] order) {
        List<long[]> corners = new ArrayList<>();
        corners.add(new long[] {0, 0});
        long falsePositives = 0;
        long truePositives = 0;
        for (int i = 0; i < order.length; i++) {
            if (scores.actual()[order[i]] == label) {
                truePositives++;
            } else {
                falsePositives++;
            }
            boolean tied = i + 1 < order.length
                    && scores.probabilities()[order[i]][label] == scores.probabilities()[order[i + 1]][label];
            if (!tied) {
                add(corners, falsePositives, truePositives);
            }
        }
        return corners;
    }

    private static void add(List<long[]> corners, long x, long y) {
        int last = corners.size() - 1;
        if (last > 0) {
            long[] a = corners.get(last - 1);
            long[] b = corners.get(last);
            if ((b[0] - a[0]) * (y - b[1]) == (b[1] - a[1]) * (x - b[0])) {
                corners.remove(last);
            }
        }
        corners.add(new long[] {x, y});
    }
}
