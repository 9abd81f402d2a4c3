package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.Node;

/**
 * Cross-entropy between the classes that a network gives and the right ones, computed from its results before softmax or
 * sigmoid, so that nothing overflows and nothing is clipped.
 */
public sealed interface Loss {

    /** Takes the classes' results of all samples one behind the other. */
    BatchResult measure(float[] logits, int[] targets, float[] sampleWeights, int samples);

    /** The gradient by {@code logits} of the samples' losses, each times its weight, divided by the number of samples. */
    float[] gradient(float[] logits, int[] targets, float[] sampleWeights, int samples);

    /** What the network's output layer would have given. */
    float[] probabilities(float[] logits);

    /** The gradient by one sample's logits of the evidence for a class: its logit, or for class 0 of a sigmoid the negative. */
    float[] classGradient(int classIndex);

    /** @throws UnsupportedLayerException if the network does not end in softmax, or in one sigmoid unit */
    static Loss of(Logits logits) {
        Node output = logits.program().outputs().get(0);
        int units = Math.toIntExact(output.outputShape().elements());
        boolean ofOneCell = units == output.outputShape().channels();
        if (ofOneCell && logits.function().equals(ActivationFunction.SOFTMAX)) {
            return new Categorical(units);
        }
        if (logits.function().equals(ActivationFunction.SIGMOID) && units == 1) {
            return new Binary();
        }
        throw new UnsupportedLayerException(
                "layer %s: training needs softmax or one sigmoid unit at the end".formatted(output.name()));
    }

    /** Softmax over the classes and categorical cross-entropy. */
    record Categorical(int classes) implements Loss {

        @Override
        public BatchResult measure(float[] logits, int[] targets, float[] sampleWeights, int samples) {
            double loss = 0;
            int correct = 0;
            int[] predicted = new int[samples];
            for (int sample = 0; sample < samples; sample++) {
                int start = sample * classes;
                int best = best(logits, start);
                double sum = sumOfPowers(logits, start, logits[start + best]);
                loss += sampleWeights[sample]
                        * (Math.log(sum) + logits[start + best] - logits[start + targets[sample]]);
                predicted[sample] = best;
                correct += best == targets[sample] ? 1 : 0;
            }
            return new BatchResult(loss, correct, predicted);
        }

        @Override
        public float[] gradient(float[] logits, int[] targets, float[] sampleWeights, int samples) {
            float[] gradient = probabilities(logits);
            for (int sample = 0; sample < samples; sample++) {
                gradient[sample * classes + targets[sample]] -= 1;
                for (int i = sample * classes; i < (sample + 1) * classes; i++) {
                    gradient[i] *= sampleWeights[sample] / samples;
                }
            }
            return gradient;
        }

        @Override
        public float[] probabilities(float[] logits) {
            float[] probabilities = new float[logits.length];
            for (int start = 0; start < logits.length; start += classes) {
                float most = logits[start + best(logits, start)];
                double sum = sumOfPowers(logits, start, most);
                for (int i = start; i < start + classes; i++) {
                    probabilities[i] = (float) (Math.exp(logits[i] - (double) most) / sum);
                }
            }
            return probabilities;
        }

        @Override
        public float[] classGradient(int classIndex) {
            float[] gradient = new float[classes];
            gradient[classIndex] = 1;
            return gradient;
        }

        private double sumOfPowers(float[] logits, int start, float most) {
            double sum = 0;
            for (int i = start; i < start + classes; i++) {
                sum += Math.exp(logits[i] - (double) most);
            }
            return sum;
        }

        private int best(float[] logits, int start) {
            int best = 0;
            for (int i = 1; i < classes; i++) {
                best = logits[start + i] > logits[start + best] ? i : best;
            }
            return best;
        }
    }

    /** One sigmoid unit, the probability of class 1, and binary cross-entropy. */
    record Binary() implements Loss {

        @Override
        public BatchResult measure(float[] logits, int[] targets, float[] sampleWeights, int samples) {
            double loss = 0;
            int correct = 0;
            int[] predicted = new int[samples];
            for (int i = 0; i < samples; i++) {
                double logit = logits[i];
                double softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
                loss += sampleWeights[i] * (softplus - targets[i] * logit);
                predicted[i] = logit > 0 ? 1 : 0;
                correct += predicted[i] == targets[i] ? 1 : 0;
            }
            return new BatchResult(loss, correct, predicted);
        }

        @Override
        public float[] gradient(float[] logits, int[] targets, float[] sampleWeights, int samples) {
            float[] gradient = probabilities(logits);
            for (int i = 0; i < samples; i++) {
                gradient[i] = (gradient[i] - targets[i]) * sampleWeights[i] / samples;
            }
            return gradient;
        }

        @Override
        public float[] probabilities(float[] logits) {
            float[] probabilities = new float[logits.length];
            for (int i = 0; i < logits.length; i++) {
                probabilities[i] = (float) (1 / (1 + Math.exp(-(double) logits[i])));
            }
            return probabilities;
        }

        @Override
        public float[] classGradient(int classIndex) {
            return new float[] {classIndex == 1 ? 1 : -1};
        }
    }
}
