package cnn.advise;

import cnn.metrics.PairedDifference;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a data set stands among the four cases of the tutorials (little or much data, similar to what the network was trained
 * on or different; CS231n, "Transfer learning"), by what was measured.
 *
 * <p>Much: at least {@value #MUCH} training images a class. Different: a layer below the network's end is significantly
 * better than its end, whose features are the most made for the old classes; or the old classes say less than a third of what
 * there is to be said of the new ones. That share is 1 + LEEP / H, with H the entropy of the labels: 1 where the old
 * classes determine the new ones, 0 where they say nothing; it needs a network with a top, and without one only the layers
 * count. For MobileNet's ImageNet classes it was found to be 0.81 for cats and dogs, 0.50 for flowers (0.45 with alpha 0.25),
 * and 0.2 for the enlarged pictures of CIFAR-10, which are 0.77 to a network that has learnt them: a third lies between what
 * people call similar there and what they call different.
 *
 * @param images training images, all
 * @param perClass their mean of a class
 * @param share what the network's own classes say of the new ones, 0 to 1
 * @param earlier the best layer below the network's end, if others were tried
 * @param gain how much more accurate that is than the end
 */
public record Quadrant(
        long images,
        double perClass,
        OptionalDouble share,
        Optional<Candidate> earlier,
        Optional<PairedDifference> gain) {
    /** Training images of a class. */
    public static final int MUCH = 500;
    /** Of what is to be said of the classes. */
    public static final double SIMILAR = 1.0 / 3;

    /**
     * @param counts training images of each class
     * @param end the network with a head on its end
     * @param earlier the best of its other layers
     */
    static Quadrant of(long[] counts, Candidate end, Optional<Candidate> earlier, long seed) {
        long images = Arrays.stream(counts).sum();
        double entropy = -Arrays.stream(counts)
                .mapToDouble(count -> (double) count / images)
                .map(share -> share * Math.log(share))
                .sum();
        OptionalDouble share = end.leep().isPresent()
                ? OptionalDouble.of(Math.max(0, 1 + end.leep().getAsDouble() / entropy))
                : OptionalDouble.empty();
        return new Quadrant(
                images, (double) images / counts.length, share, earlier, earlier.map(layer -> layer.over(end, seed)));
    }

    public boolean much() {
        return perClass >= MUCH;
    }

    public boolean similar() {
        boolean knows = share.isEmpty() || share.getAsDouble() >= SIMILAR;
        return knows && gain.filter(found -> found.interval().low() > 0).isEmpty();
    }

    /** What the tutorials would do. */
    public String advice() {
        if (much()) {
            return similar() ? "fine-tune the upper layers" : "fine-tune all layers";
        }
        return similar() ? "a linear head on the last layer" : "a linear head on an earlier layer";
    }
}
