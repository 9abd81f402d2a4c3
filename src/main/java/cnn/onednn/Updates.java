package cnn.onednn;

import cnn.program.Optimizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets an optimizer change all weights that learn, by pieces that stay in a core's own cache. Each number is worked on by
 * itself, so the threads' order makes no difference.
 */
final class Updates {
    private static final int PIECE = 4096;

    /** Copies of a piece; one set for each thread. */
    private static final ThreadLocal<Copies> COPIES = ThreadLocal.withInitial(Copies::new);

    private static final class Copies {
        private final float[] weights = new float[PIECE];
        private final float[] gradients = new float[PIECE];
        private final float[][] state = new float[2][PIECE];
    }

    /** Some numbers of a weight, with what belongs to them. */
    private record Piece(FloatBuffer weights, FloatBuffer gradients, List<FloatBuffer> state, int start, int count) {
        void update(Optimizer optimizer, long step) {
            Copies copies = COPIES.get();
            weights.get(start, copies.weights, 0, count);
            gradients.get(start, copies.gradients, 0, count);
            for (int slot = 0; slot < state.size(); slot++) {
                state.get(slot).get(start, copies.state[slot], 0, count);
            }
            optimizer.update(copies.weights, copies.gradients, copies.state, count, step);
            weights.put(start, copies.weights, 0, count);
            for (int slot = 0; slot < state.size(); slot++) {
                state.get(slot).put(start, copies.state[slot], 0, count);
            }
        }
    }

    private final List<Piece> pieces = new ArrayList<>();

    Updates(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if (parameter.learns()) {
                List<FloatBuffer> state = new ArrayList<>();
                for (int slot = 0; slot < parameter.slots(); slot++) {
                    state.add(parameter.state(slot));
                }
                for (int start = 0; start < parameter.floats(); start += PIECE) {
                    int count = Math.min(PIECE, parameter.floats() - start);
                    pieces.add(new Piece(parameter.values(), parameter.gradients(), state, start, count));
                }
            }
        }
    }

    /** @param step counted from 1 */
    void apply(Optimizer optimizer, long step) {
        pieces.parallelStream().forEach(piece -> piece.update(optimizer, step));
    }
}
