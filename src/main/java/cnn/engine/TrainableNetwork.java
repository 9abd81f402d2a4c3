package cnn.engine;

import cnn.network.Network;
import cnn.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;

/** A network that learns: forward, backward and update, by oneDNN. Used by one thread; holds native memory until closed. */
public final class TrainableNetwork implements AutoCloseable {

    private TrainableNetwork() {}

    public static TrainableNetwork compile(Network network, Weights initial, TrainingSetup setup) {
        throw new UnsupportedOperationException("not there yet: " + network.name() + initial + setup);
    }

    public BatchResult train(FloatBuffer nhwc, int[] targets, float[] sampleWeights, int samples) {
        throw new UnsupportedOperationException();
    }

    public BatchResult evaluate(FloatBuffer nhwc, int[] targets, float[] sampleWeights, int samples) {
        throw new UnsupportedOperationException();
    }

    public float[] predict(FloatBuffer nhwc, int samples) {
        throw new UnsupportedOperationException();
    }

    public Weights weights() {
        throw new UnsupportedOperationException();
    }

    public void learningRate(double rate) {
        throw new UnsupportedOperationException();
    }

    public void saveState(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    public void restoreState(DataInput in) throws IOException {
        throw new UnsupportedOperationException();
    }

    public float[] classGradient(FloatBuffer nhwc, int classIndex) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
