package cnn.program;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradient descent as the definition of the derivative says: each weight a little more and a little less, and the plain
 * forward pass for both. For small networks whose last layer is softmax, without momentum.
 */
final class NaiveTraining implements TrainableNetwork {
    private static final float STEP = 1e-2f;

    private final Network network;
    private final TrainingSetup setup;
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private double rate;

    NaiveTraining(Network network, Weights initial, TrainingSetup setup) {
        if (!setup.optimizer()
                .equals(Optimizer.of(new Sgd(0, false), setup.optimizer().learningRate()))) {
            throw new UnsupportedLayerException("plain gradient descent only, not " + setup.optimizer());
        }
        this.network = network;
        this.setup = setup;
        this.rate = setup.optimizer().learningRate();
        network.nodes().forEach(node -> node.weights().forEach(spec -> {
            float[] copy = new float[(int) spec.shape().elements()];
            initial.checkedValues(node, spec).duplicate().get(copy);
            values.put(key(node, spec), copy);
        }));
    }

    @Override
    public BatchResult train(FloatBuffer nhwc, List<Targets> targets, int samples) {
        BatchResult before =
                evaluate(nhwc, targets.get(0).classes(), targets.get(0).weights(), samples);
        double loss = loss(nhwc, targets, samples);
        List<Runnable> updates = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (setup.trainable().contains(node.name())) {
                node.weights().forEach(spec -> {
                    float[] weight = values.get(key(node, spec));
                    for (int i = 0; i < weight.length; i++) {
                        int index = i;
                        double slope = slope(weight, i, nhwc, targets, samples);
                        updates.add(() -> weight[index] -= (float) (rate * slope));
                    }
                });
            }
        }
        updates.forEach(Runnable::run);
        return new BatchResult(loss, before.correct(), before.predicted());
    }

    private double loss(FloatBuffer nhwc, List<Targets> targets, int samples) {
        return targets.stream()
                .mapToDouble(some ->
                        evaluate(nhwc, some.classes(), some.weights(), samples).lossSum())
                .sum();
    }

    /** The fourth-order central difference of the batch's mean loss by a weight. */
    private double slope(float[] weight, int index, FloatBuffer nhwc, List<Targets> targets, int samples) {
        float middle = weight[index];
        double[] loss = new double[5];
        for (int i = -2; i <= 2; i++) {
            weight[index] = middle + i * STEP;
            loss[i + 2] = i == 0 ? 0 : loss(nhwc, targets, samples) / samples;
        }
        weight[index] = middle;
        return (8 * (loss[3] - loss[1]) - (loss[4] - loss[0])) / (12 * STEP);
    }

    @Override
    public BatchResult evaluate(FloatBuffer nhwc, int[] targets, float[] sampleWeights, int samples) {
        double loss = 0;
        int correct = 0;
        int[] predicted = new int[samples];
        for (int sample = 0; sample < samples; sample++) {
            double[] classes = classes(nhwc, sample);
            loss -= sampleWeights[sample] * Math.log(classes[targets[sample]]);
            for (int i = 1; i < classes.length; i++) {
                predicted[sample] = classes[i] > classes[predicted[sample]] ? i : predicted[sample];
            }
            correct += predicted[sample] == targets[sample] ? 1 : 0;
        }
        return new BatchResult(loss, correct, predicted);
    }

    @Override
    public float[] predict(FloatBuffer nhwc, int samples) {
        int classes = (int) network.output().outputShape().elements();
        float[] all = new float[samples * classes];
        for (int sample = 0; sample < samples; sample++) {
            double[] computed = classes(nhwc, sample);
            for (int i = 0; i < classes; i++) {
                all[sample * classes + i] = (float) computed[i];
            }
        }
        return all;
    }

    private double[] classes(FloatBuffer nhwc, int sample) {
        float[] image = new float[(int) network.input().outputShape().elements()];
        nhwc.slice().position(sample * image.length).get(image);
        Weights now = (node, spec) -> FloatBuffer.wrap(values.get(key(node, spec)));
        return NaiveForwardPass.run(network, now, image).get(network.output().name());
    }

    @Override
    public Weights weights() {
        Map<String, float[]> copy = new LinkedHashMap<>();
        values.forEach((key, weight) -> copy.put(key, weight.clone()));
        return (node, spec) -> FloatBuffer.wrap(copy.get(key(node, spec)));
    }

    @Override
    public void learningRate(double rate) {
        this.rate = rate;
    }

    @Override
    public void saveState(DataOutput out) throws IOException {
        for (float[] weight : values.values()) {
            for (float value : weight) {
                out.writeFloat(value);
            }
        }
    }

    @Override
    public void restoreState(DataInput in) throws IOException {
        for (float[] weight : values.values()) {
            for (int i = 0; i < weight.length; i++) {
                weight[i] = in.readFloat();
            }
        }
    }

    @Override
    public void close() {}

    private static String key(Node node, WeightSpec spec) {
        return node.name() + "/" + spec.name();
    }
}
