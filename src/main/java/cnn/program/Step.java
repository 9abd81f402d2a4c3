package cnn.program;

import cnn.network.Node;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Scalar;
import cnn.network.Shape;
import cnn.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One computation of a program: it takes values, each known by a name, and gives one. */
public sealed interface Step
        permits Step.OfOne, Step.Weighted, Step.Normalize, Step.Activate, Step.Sum, Step.Join, Pointwise, Cellwise {

    /** The values it reads; one that it reads twice stands there twice. */
    List<String> sources();

    String target();

    /** Whether no number that it gives can be below zero, given which of its sources are so. */
    boolean notNegative(Predicate<String> sources);

    /** The layers whose weights it computes with. */
    default List<Node> weighted() {
        return List.of();
    }

    <R> R accept(StepVisitor<R> visitor);

    /** A step with one source that gives numbers of its source, or means of them, or zeros. */
    sealed interface OfOne extends Step permits Pool, Pad, Reshape, Drop, Deliver, Rearrangement {
        String source();

        @Override
        default List<String> sources() {
            return List.of(source());
        }

        @Override
        default boolean notNegative(Predicate<String> sources) {
            return sources.test(source());
        }
    }

    /** Steps with a kernel; what follows them can be put into it or into their epilogue. */
    sealed interface Weighted extends Step permits Convolve, Multiply {
        Kernel kernel();

        String source();

        Epilogue epilogue();

        Weighted as(Kernel kernel, Epilogue epilogue, String target);

        @Override
        default List<String> sources() {
            List<String> sources = new ArrayList<>(List.of(source()));
            epilogue().addend().ifPresent(sources::add);
            return sources;
        }

        @Override
        default boolean notNegative(Predicate<String> sources) {
            return epilogue().isNotNegative();
        }

        @Override
        default List<Node> weighted() {
            List<Node> layers = new ArrayList<>(List.of(kernel().layer()));
            kernel().folds().forEach(fold -> layers.add(fold.layer()));
            return layers;
        }
    }

    /** A convolution; {@code pads} are all cells round the source, whatever the window says. */
    record Convolve(Kernel kernel, String source, Pads pads, Epilogue epilogue, String target) implements Weighted {

        @Override
        public Convolve as(Kernel other, Epilogue then, String name) {
            return new Convolve(other, source, pads, then, name);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.convolve(this);
        }
    }

    /** A matrix product of a vector with a dense layer's kernel. */
    record Multiply(Kernel kernel, String source, Epilogue epilogue, String target) implements Weighted {

        @Override
        public Multiply as(Kernel other, Epilogue then, String name) {
            return new Multiply(other, source, then, name);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.multiply(this);
        }
    }

    /** A batch norm that is not part of a kernel. */
    record Normalize(Norm norm, String source, String target) implements Step {

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
            return List.of(norm.layer());
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.normalize(this);
        }
    }

    /** The maximum or mean of windows; {@code countPads} tells whether cells of padding count as zeros in a mean. */
    record Pool(Pooling pooling, Window window, Pads pads, boolean countPads, String source, String target)
            implements OfOne {
        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.pool(this);
        }
    }

    /** A function of each number by itself. */
    record Activate(Scalar term, String source, String target) implements Step {
        @Override
        public List<String> sources() {
            return List.of(source);
        }

        @Override
        public boolean notNegative(Predicate<String> sources) {
            return term.isNotNegative() || (term.keepsSign() && sources.test(source));
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.activate(this);
        }
    }

    /** The sum of values of one shape. */
    record Sum(List<String> sources, String target) implements Step {

        @Override
        public boolean notNegative(Predicate<String> notNegative) {
            return sources.stream().allMatch(notNegative);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.sum(this);
        }
    }

    /** Values one behind the other along the axis of that place in the shape. */
    record Join(int axis, List<String> sources, String target) implements Step {

        @Override
        public boolean notNegative(Predicate<String> notNegative) {
            return sources.stream().allMatch(notNegative);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.join(this);
        }
    }

    /** Zeros round a map. */
    record Pad(Pads pads, String source, String target) implements OfOne {
        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.pad(this);
        }
    }

    /** The same numbers, channels innermost, under another shape. */
    record Reshape(String source, String target) implements OfOne {
        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.reshape(this);
        }
    }

    /**
     * Random numbers in training, multiplied with the source's or added to them.
     *
     * @param layer for which they are drawn
     * @param drawn their shape; along an axis where it has a single place that goes with all of the source's
     */
    record Drop(Draw draw, String layer, Shape drawn, String source, String target) implements OfOne {
        @Override
        public boolean notNegative(Predicate<String> sources) {
            return draw.kind() == Draw.Kind.DROPOUT && sources.test(source);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.drop(this);
        }
    }

    /** Hands a value to the caller; its target names the layer asked for. */
    record Deliver(String source, String target) implements OfOne {
        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.deliver(this);
        }
    }
}
