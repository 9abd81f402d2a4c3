package cnn.program;

import cnn.network.ChannelAffine;
import cnn.network.Node;
import cnn.network.WeightSpec;
import java.util.List;
import java.util.function.Predicate;

/** Steps that take numbers by themselves, or together with the numbers of another value at the same place. */
public sealed interface Pointwise extends Step {

    /**
     * Two values taken together number by number; along an axis where one has a single place, that goes with all of the
     * other's.
     */
    record Combine(Operator operator, String left, String right, String target) implements Pointwise {
        @Override
        public List<String> sources() {
            return List.of(left, right);
        }

        @Override
        public boolean notNegative(Predicate<String> sources) {
            return operator != Operator.SUBTRACT && sources.test(left) && sources.test(right);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.combine(this);
        }
    }

    /** A factor for each channel, and a number that is added; neither learns. */
    record Affine(Node layer, ChannelAffine terms, String source, String target) implements Pointwise {
        @Override
        public List<String> sources() {
            return List.of(source);
        }

        @Override
        public boolean notNegative(Predicate<String> sources) {
            return false;
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.affine(this);
        }
    }

    /** Each number that is below zero times a slope, which is a weight. */
    record Slope(Node layer, WeightSpec slopes, String source, String target) implements Pointwise {
        @Override
        public List<String> sources() {
            return List.of(source);
        }

        @Override
        public boolean notNegative(Predicate<String> sources) {
            return sources.test(source);
        }

        @Override
        public List<Node> weighted() {
            return List.of(layer);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.slope(this);
        }
    }
}
