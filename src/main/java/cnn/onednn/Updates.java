package cnn.onednn;

import cnn.program.Optimizer;
import cnn.program.UpdateRule;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets an optimizer change all weights that learn, by pieces that stay in a core's own cache. Each number is worked on by
 * itself, and what is added up is so in one order, so the threads' order makes no difference.
 */
final class Updates {
    private static final int PIECE = 4096;
    /** Numbers that an optimizer keeps for each, at most. */
    private static final int SLOTS = 3;

    /** Copies of a piece; one set for each thread. */
    private static final ThreadLocal<Copies> COPIES = ThreadLocal.withInitial(Copies::new);

    private static final class Copies {
        private final float[] weights = new float[PIECE];
        private final float[] gradients = new float[PIECE];
        private final float[][] state = new float[SLOTS][PIECE];
    }

    /**
     * Some numbers of a weight, with what belongs to them.
     *
     * @param owner index of the weight among those that learn
     * @param l2 what the weight's sum of squares is multiplied with in the loss
     */
    private record Piece(
            int owner,
            FloatBuffer weights,
            FloatBuffer gradients,
            List<FloatBuffer> state,
            float l2,
            int start,
            int count) {

        /** @param factor for the gradient */
        void update(UpdateRule.Change change, float decay, float factor) {
            Copies copies = load();
            for (int slot = 0; slot < state.size(); slot++) {
                state.get(slot).get(start, copies.state[slot], 0, count);
            }
            if (factor != 1) {
                multiply(copies.gradients, factor);
            }
            if (decay != 0) {
                multiply(copies.weights, 1 - decay);
            }
            change.apply(copies.weights, copies.gradients, copies.state, count);
            weights.put(start, copies.weights, 0, count);
            for (int slot = 0; slot < state.size(); slot++) {
                state.get(slot).put(start, copies.state[slot], 0, count);
            }
        }

        double sumOfSquaredGradients() {
            Copies copies = load();
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += (double) copies.gradients[i] * copies.gradients[i];
            }
            return sum;
        }

        /** Weights, and their gradients by all of the loss. */
        private Copies load() {
            Copies copies = COPIES.get();
            weights.get(start, copies.weights, 0, count);
            gradients.get(start, copies.gradients, 0, count);
            if (l2 != 0) {
                for (int i = 0; i < count; i++) {
                    copies.gradients[i] += 2 * l2 * copies.weights[i];
                }
            }
            return copies;
        }

        private void multiply(float[] numbers, float factor) {
            for (int i = 0; i < count; i++) {
                numbers[i] *= factor;
            }
        }
    }

    private final List<Piece> pieces = new ArrayList<>();
    private int owners;

    /** @param l2 of the kernels, by the names of layers; see {@link KernelPenalty} */
    Updates(List<Parameter> parameters, Map<String, Double> l2) {
        parameters.stream().filter(Parameter::learns).forEach(parameter -> add(parameter, l2));
    }

    private void add(Parameter parameter, Map<String, Double> l2) {
        List<FloatBuffer> state = new ArrayList<>();
        for (int slot = 0; slot < parameter.slots(); slot++) {
            state.add(parameter.state(slot));
        }
        boolean regularized = parameter.weight().role().isKernel();
        double factor = regularized ? l2.getOrDefault(parameter.node().name(), 0.0) : 0;
        for (int start = 0; start < parameter.floats(); start += PIECE) {
            int count = Math.min(PIECE, parameter.floats() - start);
            pieces.add(
                    new Piece(owners, parameter.values(), parameter.gradients(), state, (float) factor, start, count));
        }
        owners++;
    }

    /** @param step counted from 1 */
    void apply(Optimizer optimizer, long step) {
        UpdateRule.Change change = optimizer.rule().at(optimizer.learningRate(), step);
        float decay = (float) (optimizer.weightDecay() * optimizer.learningRate());
        if (optimizer.clipnorm().isEmpty()) {
            pieces.parallelStream().forEach(piece -> piece.update(change, decay, 1));
        } else {
            float[] factors = factors(optimizer.clipnorm().getAsDouble());
            pieces.parallelStream().forEach(piece -> piece.update(change, decay, factors[piece.owner()]));
        }
    }

    /** What shortens the gradient of each weight that is longer than {@code norm} to it (Pascanu et al. 2013). */
    private float[] factors(double norm) {
        double[] squares = pieces.parallelStream()
                .mapToDouble(Piece::sumOfSquaredGradients)
                .toArray();
        double[] sums = new double[owners];
        for (int i = 0; i < squares.length; i++) {
            sums[pieces.get(i).owner()] += squares[i];
        }
        float[] factors = new float[owners];
        for (int owner = 0; owner < owners; owner++) {
            factors[owner] = (float) (norm / Math.max(norm, Math.sqrt(sums[owner])));
        }
        return factors;
    }
}
