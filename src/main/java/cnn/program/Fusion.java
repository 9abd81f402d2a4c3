package cnn.program;

import cnn.network.Pads;
import cnn.network.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts steps into those before them where that gives the same: batch norms and factors into kernels, activations and sums into the
 * epilogues of convolutions, concatenations into one. What a step is put into must have it for its only reader; the caller
 * who asks for an output is a reader, so no output is ever fused away. Other steps stay as they are.
 */
final class Fusion {
    private final Map<String, Integer> uses;
    private final List<Step> steps = new ArrayList<>();

    private Fusion(Map<String, Integer> uses) {
        this.uses = uses;
    }

    static Program fuse(Program plain) {
        Fusion fusion = new Fusion(plain.uses());
        plain.steps().forEach(fusion::add);
        return plain.withSteps(fusion.steps);
    }

    private void add(Step step) {
        if (step instanceof Step.Normalize norm) {
            normalize(norm);
        } else if (step instanceof Step.Activate activation) {
            activate(activation);
        } else if (step instanceof Step.Sum sum) {
            sum(sum);
        } else if (step instanceof Step.Join join) {
            join(join);
        } else if (step instanceof Step.Convolve gain && gain.kernel().isGain()) {
            gain(gain);
        } else {
            steps.add(step);
        }
    }

    private void normalize(Step.Normalize step) {
        int producer = producerWithOneReader(step.source());
        if (producer >= 0
                && steps.get(producer) instanceof Step.Weighted before
                && before.epilogue().isNone()
                && !before.kernel().isScaled()) {
            steps.set(producer, before.as(before.kernel().with(step.norm()), Epilogue.NONE, step.target()));
        } else {
            Kernel kernel = Kernel.of(step.norm());
            steps.add(new Step.Convolve(kernel, step.source(), Pads.NONE, Epilogue.NONE, step.target()));
        }
    }

    private void gain(Step.Convolve step) {
        int producer = producerWithOneReader(step.source());
        if (producer >= 0
                && steps.get(producer) instanceof Step.Weighted before
                && before.epilogue().isNone()
                && step.epilogue().isNone()) {
            Gain gain = new Gain(step.kernel().layer());
            steps.set(producer, before.as(before.kernel().with(gain), Epilogue.NONE, step.target()));
        } else {
            steps.add(step);
        }
    }

    private void activate(Step.Activate step) {
        int producer = producerWithOneReader(step.source());
        boolean isFactor =
                step.term().kind() == Scalar.Kind.LINEAR && step.term().beta() == 0;
        if (isFactor
                && producer >= 0
                && steps.get(producer) instanceof Step.Weighted before
                && before.epilogue().isNone()) {
            Fold factor = new Factor(before.kernel().layer(), step.term().alpha());
            steps.set(producer, before.as(before.kernel().with(factor), Epilogue.NONE, step.target()));
        } else if (!step.term().hasFormula()
                && producer >= 0
                && steps.get(producer) instanceof Step.Weighted before
                && before.epilogue().takes(step.term())) {
            steps.set(producer, before.as(before.kernel(), before.epilogue().then(step.term()), step.target()));
        } else {
            steps.add(step);
        }
    }

    private void sum(Step.Sum step) {
        List<String> of = step.sources();
        boolean added = of.size() == 2
                && (addTo(of.get(0), of.get(1), step.target()) || addTo(of.get(1), of.get(0), step.target()));
        if (!added) {
            steps.add(step);
        }
    }

    /** Lets the convolution that gives {@code result} add the other value, if that is there before it. */
    private boolean addTo(String result, String addend, String target) {
        int producer = producerWithOneReader(result);
        if (producer > producer(addend)
                && steps.get(producer) instanceof Step.Convolve step
                && step.epilogue().isNone()
                && !step.kernel().isTransposed()) {
            steps.set(producer, step.as(step.kernel(), Epilogue.NONE.plus(addend), target));
            return true;
        }
        return false;
    }

    private void join(Step.Join step) {
        List<String> parts = new ArrayList<>();
        for (String source : step.sources()) {
            int producer = producerWithOneReader(source);
            if (producer >= 0 && steps.get(producer) instanceof Step.Join inner && inner.axis() == step.axis()) {
                parts.addAll(inner.sources());
                steps.remove(producer);
            } else {
                parts.add(source);
            }
        }
        steps.add(new Step.Join(step.axis(), parts, step.target()));
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
