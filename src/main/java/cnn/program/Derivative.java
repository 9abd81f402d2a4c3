package cnn.program;

import cnn.network.Node;
import cnn.network.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The derivative of a program: steps that follow it and go from the gradient of its output to those of weights and input.
 * Each step's derivative hands the gradient of what the step gave on to what it read, from the last step to the first.
 * Nothing is computed that no wanted gradient depends on, and no gradient is written to twice.
 */
public final class Derivative {
    /** The name of the output's gradient, which the caller gives. */
    public static final String START = "gradient";

    private final List<GradientStep> steps;
    private final Map<String, String> gradients;

    private Derivative(List<GradientStep> steps, Map<String, String> gradients) {
        this.steps = List.copyOf(steps);
        this.gradients = Map.copyOf(gradients);
    }

    /**
     * @param program with one output
     * @param learns the layers whose weights' gradients are wanted
     * @param ofInput whether the input's is
     */
    public static Derivative of(Program program, Predicate<Node> learns, boolean ofInput) {
        Backward backward = new Backward(program, learns, program.dependentOn(learns, ofInput));
        List<Step> forward = program.steps();
        for (int i = forward.size() - 1; i >= 0; i--) {
            backward.goThrough(forward.get(i));
        }
        return new Derivative(backward.steps, backward.gradients);
    }

    public List<GradientStep> steps() {
        return steps;
    }

    /** The name of a value's gradient, if it was wanted and the output depends on it. */
    public Optional<String> gradient(String value) {
        return Optional.ofNullable(gradients.get(value));
    }

    /** A gradient, or a part of it, of a value. */
    private record Contribution(String value, String gradient) {}

    /** Visits the steps from the last to the first; each gives what it knows of the gradients of its sources. */
    private static final class Backward implements StepVisitor<List<Contribution>> {
        private final Program program;
        private final Predicate<Node> learns;
        private final Set<String> wanted;
        private final Map<String, String> gradients = new HashMap<>();
        private final List<GradientStep> steps = new ArrayList<>();

        /** Of what the step that is visited gave. */
        private String gradient = START;

        private Backward(Program program, Predicate<Node> learns, Set<String> wanted) {
            this.program = program;
            this.learns = learns;
            this.wanted = wanted;
        }

        private void goThrough(Step step) {
            boolean isEnd = step instanceof Step.Deliver;
            if (isEnd || gradients.containsKey(step.target())) {
                gradient = isEnd ? START : gradients.get(step.target());
                step.accept(this).stream()
                        .filter(contribution -> wanted.contains(contribution.value()))
                        .forEach(contribution ->
                                gradients.merge(contribution.value(), contribution.gradient(), this::total));
            }
        }

        @Override
        public List<Contribution> convolve(Step.Convolve step) {
            return weighted(step);
        }

        @Override
        public List<Contribution> multiply(Step.Multiply step) {
            return weighted(step);
        }

        private List<Contribution> weighted(Step.Weighted step) {
            String inner = step.epilogue().terms().stream()
                    .map(term -> ofArgument(term, step.target()))
                    .findFirst()
                    .orElse(gradient);
            if (learns.test(step.kernel().layer())) {
                steps.add(new GradientStep.OfWeights(step, inner));
            }
            return wanted.contains(step.source())
                    ? handOn(step.source(), target -> new GradientStep.OfSource(step, inner, target))
                    : List.of();
        }

        @Override
        public List<Contribution> normalize(Step.Normalize step) {
            return handOn(step.source(), target -> new GradientStep.OfNorm(step, gradient, target));
        }

        @Override
        public List<Contribution> normalizeCells(Cellwise.NormalizeCells step) {
            return handOn(step.source(), target -> new GradientStep.OfCells(step, gradient, target));
        }

        @Override
        public List<Contribution> pool(Step.Pool step) {
            return handOn(step.source(), target -> new GradientStep.OfPool(step, gradient, target));
        }

        @Override
        public List<Contribution> activate(Step.Activate step) {
            boolean fromResult = step.term().isDerivedFromResult();
            String known = fromResult ? step.target() : step.source();
            return List.of(new Contribution(step.source(), ofArgument(step.term(), known)));
        }

        @Override
        public List<Contribution> softmax(Cellwise.Softmax step) {
            return handOn(step.source(), target -> new GradientStep.OfSoftmax(step, gradient, target));
        }

        @Override
        public List<Contribution> slope(Pointwise.Slope step) {
            return handOn(step.source(), target -> new GradientStep.OfSlope(step, gradient, target));
        }

        @Override
        public List<Contribution> affine(Pointwise.Affine step) {
            return handOn(step.source(), target -> new GradientStep.OfAffine(step, gradient, target));
        }

        @Override
        public List<Contribution> combine(Pointwise.Combine step) {
            List<Contribution> sides = new ArrayList<>();
            for (boolean left : new boolean[] {true, false}) {
                String source = left ? step.left() : step.right();
                if (wanted.contains(source)) {
                    sides.addAll(handOn(source, target -> new GradientStep.OfOperand(step, left, gradient, target)));
                }
            }
            return sides;
        }

        @Override
        public List<Contribution> sum(Step.Sum step) {
            return step.sources().stream()
                    .map(source -> new Contribution(source, gradient))
                    .toList();
        }

        @Override
        public List<Contribution> join(Step.Join step) {
            List<Contribution> parts = new ArrayList<>();
            Integer[] offsets =
                    new Integer[program.shapes().get(step.target()).sizes().size()];
            Arrays.fill(offsets, 0);
            for (String source : step.sources()) {
                if (wanted.contains(source)) {
                    List<Integer> first = List.of(offsets.clone());
                    parts.addAll(handOn(
                            source, target -> new GradientStep.OfPart(step.target(), source, first, gradient, target)));
                }
                offsets[step.axis()] += program.shapes().get(source).sizes().get(step.axis());
            }
            return parts;
        }

        @Override
        public List<Contribution> pad(Step.Pad step) {
            List<Integer> first = List.of(step.pads().top(), step.pads().left(), 0);
            return handOn(
                    step.source(),
                    target -> new GradientStep.OfPart(step.target(), step.source(), first, gradient, target));
        }

        @Override
        public List<Contribution> slice(Rearrangement.Slice step) {
            return handOn(step.source(), target -> new GradientStep.OfSlice(step, gradient, target));
        }

        @Override
        public List<Contribution> permute(Rearrangement.Permute step) {
            return handOn(step.source(), target -> new GradientStep.OfPermute(step, gradient, target));
        }

        @Override
        public List<Contribution> resample(Rearrangement.Resample step) {
            return handOn(step.source(), target -> new GradientStep.OfResample(step, gradient, target));
        }

        @Override
        public List<Contribution> reshape(Step.Reshape step) {
            return handOn(step.source(), target -> new GradientStep.OfReshape(step, gradient, target));
        }

        @Override
        public List<Contribution> drop(Step.Drop step) {
            return step.draw().isAdded()
                    ? List.of(new Contribution(step.source(), gradient))
                    : handOn(step.source(), target -> new GradientStep.OfDrop(step, gradient, target));
        }

        @Override
        public List<Contribution> deliver(Step.Deliver step) {
            return List.of(new Contribution(step.source(), gradient));
        }

        private List<Contribution> handOn(String source, Function<String, GradientStep> step) {
            String target = newName(source);
            steps.add(step.apply(target));
            return List.of(new Contribution(source, target));
        }

        /** The gradient of what a function was given, from that of what it gave. */
        private String ofArgument(Scalar term, String known) {
            String target = newName("an argument with " + known);
            steps.add(new GradientStep.OfArgument(term, known, gradient, target));
            return target;
        }

        private String total(String first, String second) {
            String target = newName("both readers");
            steps.add(new GradientStep.Total(first, second, target));
            return target;
        }

        private String newName(String of) {
            return "gradient %d of %s".formatted(steps.size(), of);
        }
    }
}
