package cnn.onednn;

import cnn.program.Optimizer;
import cnn.program.TrainingSetup;
import cnn.program.UpdateRule;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

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
     * @param pace index of its learning rate's factor
     * @param l2 what the weight's sum of squares is multiplied with in the loss
     */
    private record Piece(
            int owner,
            int pace,
            FloatBuffer weights,
            FloatBuffer gradients,
            List<FloatBuffer> state,
            float l2,
            int start,
            int count) {

        /** @param factor for the gradient */
        void update(Pace pace, float factor) {
            Copies copies = load();
            for (int slot = 0; slot < state.size(); slot++) {
                state.get(slot).get(start, copies.state[slot], 0, count);
            }
            if (factor != 1) {
                multiply(copies.gradients, factor);
            }
            if (pace.decay() != 0) {
                multiply(copies.weights, 1 - pace.decay());
            }
            pace.change().apply(copies.weights, copies.gradients, copies.state, count);
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

    /** What a step does to weights of one learning rate. */
    private record Pace(UpdateRule.Change change, float decay) {
        static Pace of(Optimizer optimizer, double factor, long step) {
            double rate = optimizer.learningRate() * factor;
            return new Pace(optimizer.rule().at(rate, step), (float) (optimizer.weightDecay() * rate));
        }
    }

    private final List<Piece> pieces = new ArrayList<>();
    private final List<Double> factors = new ArrayList<>();
    private int owners;

    Updates(List<Parameter> parameters, TrainingSetup setup) {
        parameters.stream().filter(Parameter::learns).forEach(parameter -> add(parameter, setup));
    }

    private void add(Parameter parameter, TrainingSetup setup) {
        String layer = parameter.node().name();
        List<FloatBuffer> state = new ArrayList<>();
        for (int slot = 0; slot < parameter.slots(); slot++) {
            state.add(parameter.state(slot));
        }
        double l2 = parameter.weight().role().isKernel() ? setup.l2().getOrDefault(layer, 0.0) : 0;
        double factor = setup.rates().getOrDefault(layer, 1.0);
        if (!factors.contains(factor)) {
            factors.add(factor);
        }
        int pace = factors.indexOf(factor);
        for (int start = 0; start < parameter.floats(); start += PIECE) {
            int count = Math.min(PIECE, parameter.floats() - start);
            pieces.add(new Piece(
                    owners, pace, parameter.values(), parameter.gradients(), state, (float) l2, start, count));
        }
        owners++;
    }

    /** @param step counted from 1 */
    void apply(Optimizer optimizer, long step) {
        List<Pace> paces =
                factors.stream().map(factor -> Pace.of(optimizer, factor, step)).toList();
        if (optimizer.clipnorm().isEmpty()) {
            pieces.parallelStream().forEach(piece -> piece.update(paces.get(piece.pace()), 1));
        } else {
            float[] clipping = clipping(optimizer.clipnorm().getAsDouble());
            pieces.parallelStream().forEach(piece -> piece.update(paces.get(piece.pace()), clipping[piece.owner()]));
        }
    }

    /** What shortens the gradient of each weight that is longer than {@code norm} to it (Pascanu et al. 2013). */
    private float[] clipping(double norm) {
        double[] squares = pieces.parallelStream()
                .mapToDouble(Piece::sumOfSquaredGradients)
                .toArray();
        double[] sums = new double[owners];
        for (int i = 0; i < squares.length; i++) {
            sums[pieces.get(i).owner()] += squares[i];
        }
        float[] clipping = new float[owners];
        for (int owner = 0; owner < owners; owner++) {
            clipping[owner] = (float) (norm / Math.max(norm, Math.sqrt(sums[owner])));
        }
        return clipping;
    }
}
