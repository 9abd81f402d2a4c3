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

    /**
     * The loss of the network's output layer.
     *
     * @param smoothing the share of the right class's probability, 1, that is spread evenly over all classes (Szegedy et al.
     *     2016, section 7), as Keras's {@code label_smoothing}: class c is to have 1 - s + s/k or s/k; for a sigmoid 1 - s/2 or
     *     s/2
     * @throws UnsupportedLayerException if the network does not end in softmax, or in one sigmoid unit
     */
    static Loss of(Logits logits, double smoothing) {
        Node output = logits.program().outputs().get(0);
        int units = Math.toIntExact(output.outputShape().elements());
        boolean ofOneCell = units == output.outputShape().channels();
        if (ofOneCell && logits.function().equals(ActivationFunction.SOFTMAX)) {
            return new Categorical(units, smoothing);
        }
        if (logits.function().equals(ActivationFunction.SIGMOID) && units == 1) {
            return new Binary(smoothing);
        }
        throw new UnsupportedLayerException(
                "layer %s: training needs softmax or one sigmoid unit at the end".formatted(output.name()));
    }

    /** Softmax over the classes and categorical cross-entropy. */
    record Categorical(int classes, double smoothing) implements Loss {

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
                        * (Math.log(sum) + logits[start + best] - expected(logits, start, targets[sample]));
                predicted[sample] = best;
                correct += best == targets[sample] ? 1 : 0;
            }
            return new BatchResult(loss, correct, predicted);
        }

        @Override
        public float[] gradient(float[] logits, int[] targets, float[] sampleWeights, int samples) {
            float[] gradient = probabilities(logits);
            float other = (float) (smoothing / classes);
            float right = (float) (1 - smoothing);
            for (int sample = 0; sample < samples; sample++) {
                gradient[sample * classes + targets[sample]] -= right;
                for (int i = sample * classes; i < (sample + 1) * classes; i++) {
                    gradient[i] = (gradient[i] - other) * (sampleWeights[sample] / samples);
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

        /** The mean of a sample's logits by the probabilities that its classes are to have. */
        private double expected(float[] logits, int start, int target) {
            if (smoothing == 0) {
                return logits[start + target];
            }
            double sum = 0;
            for (int i = start; i < start + classes; i++) {
                sum += logits[i];
            }
            return (1 - smoothing) * logits[start + target] + smoothing * sum / classes;
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
    record Binary(double smoothing) implements Loss {

        @Override
        public BatchResult measure(float[] logits, int[] targets, float[] sampleWeights, int samples) {
            double loss = 0;
            int correct = 0;
            int[] predicted = new int[samples];
            for (int i = 0; i < samples; i++) {
                double logit = logits[i];
                double softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
                loss += sampleWeights[i] * (softplus - wanted(targets[i]) * logit);
                predicted[i] = logit > 0 ? 1 : 0;
                correct += predicted[i] == targets[i] ? 1 : 0;
            }
            return new BatchResult(loss, correct, predicted);
        }

        @Override
        public float[] gradient(float[] logits, int[] targets, float[] sampleWeights, int samples) {
            float[] gradient = probabilities(logits);
            for (int i = 0; i < samples; i++) {
                gradient[i] = (float) (gradient[i] - wanted(targets[i])) * sampleWeights[i] / samples;
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

        /** The probability that a sample is to have. */
        private double wanted(int target) {
            return target * (1 - smoothing) + smoothing / 2;
        }
    }
}
