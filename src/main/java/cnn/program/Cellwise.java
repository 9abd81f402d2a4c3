package cnn.program;

import cnn.network.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Steps that take all numbers of a cell, or along an axis, together. */
public sealed interface Cellwise extends Step {

    /**
     * Normalisation of each cell over its channels, with the factors and shifts that a layer has: its gamma and beta.
     *
     * @param layer empty if there are none
     */
    record NormalizeCells(Optional<Node> layer, double epsilon, String source, String target) implements Cellwise {
        @Override
        public List<String> sources() {
            return List.of(source);
        }

        @Override
        public boolean notNegative(Predicate<String> sources) {
            return false;
        }

        @Override
        public List<Node> weighted() {
            return layer.stream().toList();
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.normalizeCells(this);
        }
    }

    /** Softmax over the axis of that place in the shape, or its logarithm. */
    record Softmax(boolean logarithm, int axis, String source, String target) implements Cellwise {
        @Override
        public List<String> sources() {
            return List.of(source);
        }

        @Override
        public boolean notNegative(Predicate<String> sources) {
            return !logarithm;
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.softmax(this);
        }
    }
}
