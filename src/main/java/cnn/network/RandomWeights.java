package cnn.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Keras's initial values: kernels as their layer's {@link KernelInitializer} says, bias, beta and mean 0, gamma and
 * variance 1. The same seed gives the same values, whatever is asked for first.
 */
public final class RandomWeights implements Weights {
    private final long seed;

    public RandomWeights(long seed) {
        this.seed = seed;
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        float[] values = new float[Math.toIntExact(weight.shape().elements())];
        switch (weight.role()) {
            case SCALE, SHIFT, SLOPE -> Arrays.fill(values, (float) node.layer().initialValue(weight));
            case KERNEL, DEPTHWISE_KERNEL, DENSE_KERNEL, POINT_KERNEL, TRANSPOSED_KERNEL -> fill(values, node, weight);
        }
        return FloatBuffer.wrap(values);
    }

    private SplittableRandom randomFor(Node node, WeightSpec weight) {
        return new SplittableRandom(seed + (node.name() + "/" + weight.name()).hashCode() * 0x9E3779B97F4A7C15L);
    }

    private void fill(float[] values, Node node, WeightSpec kernel) {
        List<Integer> sizes = kernel.shape().sizes();
        int rank = sizes.size();
        long field = sizes.subList(0, rank - 2).stream().reduce(1, (a, b) -> a * b);
        KernelInitializer initializer = node.layer().kernelInitializer();
        SplittableRandom random = randomFor(node, kernel);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) initializer.draw(random, field * sizes.get(rank - 2), field * sizes.get(rank - 1));
        }
    }
}
