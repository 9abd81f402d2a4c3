package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.Pads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts steps into those before them where that gives the same: batch norms into kernels, activations and sums into the
 * epilogues of convolutions, concatenations into one. What a step is put into must have it for its only reader; the caller
 * who asks for an output is a reader, so no output is ever fused away. A step that is left gives itself.
 */
final class Fusion implements StepVisitor<Optional<Step>> {
    private final Map<String, Integer> uses;
    private final List<Step> steps = new ArrayList<>();

    private Fusion(Map<String, Integer> uses) {
        this.uses = uses;
    }

    static Program fuse(Program plain) {
        Fusion fusion = new Fusion(plain.uses());
        plain.steps().forEach(step -> step.accept(fusion).ifPresent(fusion.steps::add));
        return plain.withSteps(fusion.steps);
    }

    @Override
    public Optional<Step> convolve(Step.Convolve step) {
        return Optional.of(step);
    }

    @Override
    public Optional<Step> multiply(Step.Multiply step) {
        return Optional.of(step);
    }

    @Override
    public Optional<Step> normalize(Step.Normalize step) {
        int producer = producerWithOneReader(step.source());
        if (producer >= 0
                && steps.get(producer) instanceof Step.Weighted before
                && before.epilogue().isNone()
                && !before.kernel().isScaled()) {
            steps.set(producer, before.as(before.kernel().with(step.norm()), Epilogue.NONE, step.target()));
            return Optional.empty();
        }
        Kernel kernel = Kernel.of(step.norm());
        return Optional.of(new Step.Convolve(kernel, step.source(), Pads.NONE, Epilogue.NONE, step.target()));
    }

    @Override
    public Optional<Step> pool(Step.Pool step) {
        return Optional.of(step);
    }

    @Override
    public Optional<Step> activate(Step.Activate step) {
        int producer = producerWithOneReader(step.source());
        if (step.function() != ActivationFunction.SOFTMAX
                && producer >= 0
                && steps.get(producer) instanceof Step.Weighted before
                && before.epilogue().isLinear()) {
            steps.set(producer, before.as(before.kernel(), before.epilogue().then(step.function()), step.target()));
            return Optional.empty();
        }
        return Optional.of(step);
    }

    @Override
    public Optional<Step> sum(Step.Sum step) {
        if (step.sources().size() == 2) {
            String first = step.sources().get(0);
            String second = step.sources().get(1);
            if (addTo(first, second, step.target()) || addTo(second, first, step.target())) {
                return Optional.empty();
            }
        }
        return Optional.of(step);
    }

    /** Lets the convolution that gives {@code result} add the other value, if that is there before it. */
    private boolean addTo(String result, String addend, String target) {
        int producer = producerWithOneReader(result);
        if (producer > producer(addend)
                && steps.get(producer) instanceof Step.Convolve step
                && step.epilogue().isNone()) {
            steps.set(producer, step.as(step.kernel(), Epilogue.NONE.plus(addend), target));
            return true;
        }
        return false;
    }

    @Override
    public Optional<Step> join(Step.Join step) {
        List<String> parts = new ArrayList<>();
        for (String source : step.sources()) {
            int producer = producerWithOneReader(source);
            if (producer >= 0 && steps.get(producer) instanceof Step.Join inner) {
                parts.addAll(inner.sources());
                steps.remove(producer);
            } else {
                parts.add(source);
            }
        }
        return Optional.of(new Step.Join(parts, step.target()));
    }

    @Override
    public Optional<Step> pad(Step.Pad step) {
        return Optional.of(step);
    }

    @Override
    public Optional<Step> reshape(Step.Reshape step) {
        return Optional.of(step);
    }

    @Override
    public Optional<Step> drop(Step.Drop step) {
        return Optional.of(step);
    }

    @Override
    public Optional<Step> deliver(Step.Deliver step) {
        return Optional.of(step);
    }

    /** The place of the step that gives a value, if that has one reader only; else -1. */
    private int producerWithOneReader(String value) {
        return uses.getOrDefault(value, 0) == 1 ? producer(value) : -1;
    }

    private int producer(String value) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).target().equals(value) && !(steps.get(i) instanceof Step.Deliver)) {
                return i;
            }
        }
        return -1;
    }
}
