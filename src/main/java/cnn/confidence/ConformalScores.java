package cnn.confidence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a model said of the right classes of images that it has not learnt from. From these follow sets of classes that hold
 * the right one with a wished probability, whatever the model is worth, as long as new images are of the same kind: split
 * conformal prediction with 1 - p as the score (Sadinle, Lei and Wasserman 2019; Angelopoulos and Bates 2021, section 1).
 *
 * @param probabilities of the right class, one for each image, descending; not copied
 */
public record ConformalScores(float[] probabilities) {

    public ConformalScores {
        for (int i = 0; i < probabilities.length; i++) {
            float before = i == 0 ? 1 : probabilities[i - 1];
            if (!(probabilities[i] >= 0 && probabilities[i] <= before)) {
                throw new IllegalArgumentException("probabilities of the right class that do not descend from 1 to 0");
            }
        }
    }

    /** In any order. */
    static ConformalScores ofUnsorted(float[] probabilities) {
        float[] descending = probabilities.clone();
        Arrays.sort(descending);
        for (int i = 0, j = descending.length - 1; i < j; i++, j--) {
            float moved = descending[i];
            descending[i] = descending[j];
            descending[j] = moved;
        }
        return new ConformalScores(descending);
    }

    public int images() {
        return probabilities.length;
    }

    /**
     * The least probability of classes in a set: that of the image whose place is ceil((n + 1) coverage) among the n. 0, so that
     * sets are of all classes, where there are not enough images to say more.
     *
     * @param coverage between 0 and 1, taken as the decimal number that it is written as
     */
    public float least(double coverage) {
        int place = BigDecimal.valueOf(coverage)
                .multiply(BigDecimal.valueOf(images() + 1L))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        return place > images() ? 0 : probabilities[place - 1];
    }

    /** How many images there must be so that sets of such a coverage need not be of all classes. */
    public static long needed(double coverage) {
        BigDecimal share = BigDecimal.valueOf(coverage);
        return share.divide(BigDecimal.ONE.subtract(share), 0, RoundingMode.CEILING)
                .longValue();
    }

    /** The classes of an image's set, by index; none where no class is likely enough. */
    public static int[] set(float[] probabilities, float least) {
        return IntStream.range(0, probabilities.length)
                .filter(i -> probabilities[i] >= least)
                .toArray();
    }
}
