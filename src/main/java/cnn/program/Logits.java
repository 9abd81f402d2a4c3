package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that ends before the function that makes probabilities of its results: the loss takes that upon itself.
 *
 * @param program delivers the logits under the name of the network's output
 * @param function that was left out
 */
public record Logits(Program program, ActivationFunction function) {

    /** @param program with one output */
    public static Logits of(Program program) {
        List<Step> steps = new ArrayList<>(program.steps());
        Step.Deliver end = (Step.Deliver) steps.get(steps.size() - 1);
        Step last = program.producer(end.source()).orElse(end);
        ActivationFunction function = ActivationFunction.LINEAR;
        if (last instanceof Step.Weighted step) {
            if (!step.epilogue().terms().equals(ActivationFunction.SIGMOID.terms())) {
                return new Logits(program, ActivationFunction.LINEAR);
            }
            function = ActivationFunction.SIGMOID;
            steps.set(steps.indexOf(last), step.as(step.kernel(), Epilogue.NONE, step.target()));
        } else if (last instanceof Step.Activate step && step.term().kind() == Scalar.Kind.LOGISTIC) {
            function = ActivationFunction.SIGMOID;
            steps.remove(last);
            steps.set(steps.size() - 1, new Step.Deliver(step.source(), end.target()));
        } else if (last instanceof Cellwise.Softmax step && !step.logarithm()) {
            function = ActivationFunction.SOFTMAX;
            steps.remove(last);
            steps.set(steps.size() - 1, new Step.Deliver(step.source(), end.target()));
        }
        return new Logits(program.withSteps(steps), function);
    }
}
