package cnn.train;

import cnn.classify.Lookahead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** The samples of a part as batches, made on other threads while those before them are worked on. Used by one thread. */
final class Batches {
    private static final int AHEAD = 3;

    private final SampleRows rows;
    private final int[] labels;
    private final float[] classWeights;
    private final int batchSize;
    private final int threads;
    private final ConcurrentLinkedQueue<FloatBuffer> spare = new ConcurrentLinkedQueue<>();

    /**
     * Some samples.
     *
     * @param nhwc the samples one behind the other from position 0 on
     * @param targets class indices
     * @param weights of the samples in the loss
     */
    record Inputs(FloatBuffer nhwc, int[] targets, float[] weights, int samples) {}

    /**
     * @param classWeights by class index
     * @param batchSize of all batches of an epoch but the last, which holds the rest
     */
    Batches(LoadedSamples part, float[] classWeights, int batchSize, int threads) {
        this.rows = part.rows();
        this.labels = part.classes();
        this.classWeights = classWeights;
        this.batchSize = batchSize;
        this.threads = threads;
    }

    int samples() {
        return labels.length;
    }

    int classes() {
        return classWeights.length;
    }

    /** All samples once, in an order that depends on seed and epoch alone. */
    Lookahead<Integer, Inputs> shuffled(long seed, int epoch) {
        return epoch(order(labels.length, seed, epoch), epoch);
    }

    /** All samples once, in their own order. */
    Lookahead<Integer, Inputs> inOrder() {
        return epoch(IntStream.range(0, labels.length).toArray(), 0);
    }

    /** Takes a batch back that nobody needs any more. */
    void reuse(Inputs inputs) {
        spare.add(inputs.nhwc());
    }

    /** A permutation of 0 to {@code count} - 1 (Fisher and Yates; Knuth, volume 2, algorithm 3.4.2P). */
    static int[] order(int count, long seed, int epoch) {
        int[] order = IntStream.range(0, count).toArray();
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }

    /** Room for some samples. */
    static FloatBuffer buffer(int samples, int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(samples, floats), Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private Lookahead<Integer, Inputs> epoch(int[] order, int epoch) {
        Iterator<Integer> starts = IntStream.iterate(0, start -> start < order.length, start -> start + batchSize)
                .iterator();
        return new Lookahead<>(
                starts,
                start -> batch(Arrays.copyOfRange(order, start, Math.min(start + batchSize, order.length)), epoch),
                AHEAD,
                threads);
    }

    private Inputs batch(int[] chosen, int epoch) {
        int[] targets = new int[chosen.length];
        float[] weights = new float[chosen.length];
        float[] sample = new float[rows.floats()];
        FloatBuffer used = spare.poll();
        FloatBuffer nhwc = used == null ? buffer(batchSize, rows.floats()) : used.clear();
        for (int i = 0; i < chosen.length; i++) {
            rows.read(chosen[i], epoch, sample);
            nhwc.put(sample);
            targets[i] = labels[chosen[i]];
            weights[i] = classWeights[targets[i]];
        }
        return new Inputs(nhwc.flip(), targets, weights, chosen.length);
    }
}
