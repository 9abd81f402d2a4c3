package cnn.onednn;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.program.BatchResult;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What L2 regularisers add to the loss: a factor times the sum of squares of each kernel (Keras's {@code regularizers.py});
 * {@link Updates} has its gradient.
 */
record KernelPenalty(List<Part> parts) {
    private static final int PIECE = 1 << 16;

    /** Some numbers of a kernel. */
    private record Part(FloatBuffer values, double factor) {
        double penalty() {
            double sum = 0;
            for (int i = 0; i < values.limit(); i++) {
                sum += (double) values.get(i) * values.get(i);
            }
            return factor * sum;
        }
    }

    /** @param l2 factors by the names of layers */
    static KernelPenalty of(Network network, Map<String, Double> l2, LearnedWeights weights) {
        List<Part> parts = new ArrayList<>();
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                if (weight.role().isKernel() && l2.containsKey(node.name())) {
                    Parameter kernel = weights.find(node, weight);
                    for (int start = 0; start < kernel.floats(); start += PIECE) {
                        int count = Math.min(PIECE, kernel.floats() - start);
                        parts.add(new Part(kernel.values().slice(start, count), l2.get(node.name())));
                    }
                }
            }
        }
        return new KernelPenalty(parts);
    }

    /** A batch's result with the penalty as it is now in its loss: once for each sample, as the loss is their mean. */
    BatchResult addedTo(BatchResult result, int samples) {
        return parts.isEmpty()
                ? result
                : new BatchResult(result.lossSum() + samples * value(), result.correct(), result.predicted());
    }

    /** The parts are added up in their order, so that the number of threads makes no difference. */
    private double value() {
        double[] penalties = IntStream.range(0, parts.size())
                .parallel()
                .mapToDouble(i -> parts.get(i).penalty())
                .toArray();
        double sum = 0;
        for (double penalty : penalties) {
            sum += penalty;
        }
        return sum;
    }
}
