package cnn.program;

import cnn.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network that learns by gradient descent. Used by one thread; may hold native memory until it is closed.
 *
 * <p>The output layer decides what is minimised: softmax categorical cross-entropy, one sigmoid unit binary cross-entropy.
 * The loss of a batch is the mean of its samples' losses, each times its weight, and the kernels' penalty, as in Keras.
 * The same calls in the same order give the same bits.
 */
public interface TrainableNetwork extends AutoCloseable {

    /**
     * One step: forward, backward, update.
     *
     * @param nhwc the samples one behind the other, each height, width, channel, or a vector; from the buffer's position on
     * @param targets the index of each sample's class
     * @param sampleWeights what each sample's loss is multiplied with
     * @return the loss before the update
     */
    default BatchResult train(FloatBuffer nhwc, int[] targets, float[] sampleWeights, int samples) {
        return train(nhwc, List.of(new Targets(targets, sampleWeights)), samples);
    }

    /**
     * One step in which each sample has several targets, such as after mixup; its loss is the sum of theirs.
     *
     * @param targets at least one; whether a sample is right is told by the first
     */
    BatchResult train(FloatBuffer nhwc, List<Targets> targets, int samples);

    /** How well samples are classified, without dropout and with moving statistics; arguments as for {@link #train}. */
    BatchResult evaluate(FloatBuffer nhwc, int[] targets, float[] sampleWeights, int samples);

    /** What the output layer gives for samples: probabilities, the samples' one behind the other. */
    float[] predict(FloatBuffer nhwc, int samples);

    /** A copy of the values of all weights as they are now; of layers that do not learn the initial ones. */
    Weights weights();

    /** From the next step on. */
    void learningRate(double rate);

    /** Writes all that later steps depend on: weights, the optimizer's numbers, the count of steps. */
    void saveState(DataOutput out) throws IOException;

    /** Goes back to what {@link #saveState} of a network made ready in the same way has written. */
    void restoreState(DataInput in) throws IOException;

    @Override
    void close();
}
