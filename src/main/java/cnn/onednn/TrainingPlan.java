package cnn.onednn;

import cnn.program.Draw;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A plan of a network that learns.
 *
 * @param masks of dropout, to be filled before each run
 * @param statistics that the forward pass takes of the batch
 * @param logitGradient where the backward pass starts, if there is one
 */
record TrainingPlan(
        Plan plan,
        Tensor input,
        Tensor logits,
        List<Mask> masks,
        List<TrainedNorms.Statistics> statistics,
        Optional<Tensor> logitGradient,
        Optional<Tensor> inputGradient)
        implements AutoCloseable {

    /** Random numbers that a layer multiplies its input with, or adds to it. */
    record Mask(String layer, Draw draw, Tensor tensor) {}

    /** The network's results for {@code nhwc}, before softmax or sigmoid. */
    float[] forward(FloatBuffer nhwc) {
        plan.floats(input).put(nhwc.duplicate());
        plan.forward();
        return plan.copy(logits);
    }

    /** Goes back from the gradient of the results; the gradients of the weights are where their parameters are. */
    void backward(float[] gradient) {
        plan.floats(logitGradient.orElseThrow()).put(gradient);
        plan.backward();
    }

    /** The gradient of the input by the last backward pass, each image height, width, channel. */
    float[] gradientOfInput() {
        return plan.copy(inputGradient.orElseThrow());
    }

    @Override
    public void close() {
        plan.close();
    }
}
