package cnn.advise;

import cnn.linear.LinearProbe;
import cnn.metrics.Bootstrap;
import cnn.metrics.Interval;
import cnn.metrics.PairedDifference;
import cnn.model.ModelRequest;
import java.util.BitSet;
import java.util.OptionalDouble;

/**
 * A network with a linear head on one of its layers, and how that does on the images that were tried.
 *
 * @param model as it can be asked for
 * @param layer that the head is on
 * @param atEnd whether that is where {@code cnn train} puts it by default
 * @param features how many numbers go into the head
 * @param multiplyAdds for one image, up to that layer
 * @param probe by cross-validation
 * @param logMe see {@link cnn.linear.LogMe}
 * @param leep see {@link cnn.linear.Leep}; of the network as a whole, where it has a top that gives probabilities
 * @param secondsPerImage to compute the features of one
 * @param seconds that were spent on this candidate: its probe, and its share of the features, which one pass gives for all
 *     layers of a network
 * @param secondsPredicted that {@code cnn train} will take with it, on all images
 */
public record Candidate(
        ModelRequest model,
        String layer,
        boolean atEnd,
        int features,
        long multiplyAdds,
        LinearProbe.Result probe,
        double logMe,
        OptionalDouble leep,
        double secondsPerImage,
        double seconds,
        double secondsPredicted) {

    /** Network and layer as words name them. */
    public String words() {
        return atEnd ? model.name() : "%s at %s".formatted(model.name(), layer);
    }

    /**
     * How much more accurate this is than another one on the images that both have judged.
     *
     * @param seed of the interval
     */
    PairedDifference over(Candidate other, long seed) {
        BitSet both = both(other);
        return PairedDifference.of(right(other, both), right(this, both), seed);
    }

    /** Whether this is as good as another one, as far as the images tell: neither its accuracy nor its loss is surely worse. */
    boolean isAsGoodAs(Candidate other, long seed) {
        int[] images = both(other).stream().toArray();
        Interval moreLoss = new Bootstrap(seed).of(images.length, drawn -> {
            double sum = 0;
            for (int i : drawn) {
                sum += probe.losses()[images[i]] - other.probe.losses()[images[i]];
            }
            return sum / drawn.length;
        });
        return moreLoss.low() <= 0 && other.over(this, seed).interval().low() <= 0;
    }

    private BitSet both(Candidate other) {
        BitSet both = (BitSet) probe.judged().clone();
        both.and(other.probe.judged());
        return both;
    }

    private static boolean[] right(Candidate candidate, BitSet images) {
        boolean[] right = new boolean[images.cardinality()];
        int i = 0;
        for (int image = images.nextSetBit(0); image >= 0; image = images.nextSetBit(image + 1)) {
            right[i++] = candidate.probe.right().get(image);
        }
        return right;
    }
}
