package cnn.train;

import cnn.program.Targets;
import java.nio.FloatBuffer;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.Well19937c;

/**
 * Samples of a batch laid over each other, the first over the last, and so on, with shares that are Beta(alpha, alpha): the
 * loss is that of both classes by their shares (Zhang et al. 2018). What is mixed is what goes into the layers that learn:
 * pixels, or above a base that stays as it is its features (Verma et al. 2019).
 *
 * @param alpha near 0 one of the two is hardly seen, at 1 all shares are as likely; 0 for no mixing
 */
record Mixup(double alpha, long seed) {

    /** Mixes samples in place, and gives their targets. */
    List<Targets> mix(FloatBuffer nhwc, Batches.Inputs inputs, int epoch, int batch) {
        Targets own = new Targets(inputs.targets(), inputs.weights());
        if (alpha == 0) {
            return List.of(own);
        }
        float share = share(epoch, batch);
        int samples = inputs.samples();
        int floats = nhwc.remaining() / samples;
        int start = nhwc.position();
        for (int sample = 0; sample < samples / 2; sample++) {
            int here = start + sample * floats;
            int there = start + (samples - 1 - sample) * floats;
            for (int i = 0; i < floats; i++) {
                float one = nhwc.get(here + i);
                float other = nhwc.get(there + i);
                nhwc.put(here + i, share * one + (1 - share) * other);
                nhwc.put(there + i, share * other + (1 - share) * one);
            }
        }
        return targets(own, share);
    }

    /** The share of a sample itself. */
    private float share(int epoch, int batch) {
        Well19937c random = new Well19937c(new int[] {(int) (seed >> 32), (int) seed, epoch, batch});
        return (float) new BetaDistribution(random, alpha, alpha).sample();
    }

    private static List<Targets> targets(Targets own, float share) {
        int samples = own.classes().length;
        int[] classes = new int[samples];
        float[] shares = new float[samples];
        float[] others = new float[samples];
        for (int sample = 0; sample < samples; sample++) {
            int other = samples - 1 - sample;
            classes[sample] = own.classes()[other];
            shares[sample] = share * own.weights()[sample];
            others[sample] = (1 - share) * own.weights()[other];
        }
        return List.of(new Targets(own.classes(), shares), new Targets(classes, others));
    }
}
