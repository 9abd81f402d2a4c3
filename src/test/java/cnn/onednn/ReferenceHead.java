package cnn.onednn;

import java.util.ArrayList;
import java.util.List;

/**
 * Dense layers on vectors, trained by plain loops in double precision: the published formulas and nothing of the engine.
 * All layers but the last end in relu; the last has softmax and categorical cross-entropy, or, where it has one unit,
 * sigmoid and binary cross-entropy.
 */
final class ReferenceHead {

    /** Changes one number by its gradient; {@code state} holds what the rule keeps for it, {@code step} counts from 1. */
    @FunctionalInterface
    interface Rule {
        double change(double gradient, double[] state, int step);

        /** Hinton's lecture 6.5: divide by a running root mean square. */
        static Rule rmsProp(double rate) {
            return (gradient, state, step) -> {
                state[0] = 0.9 * state[0] + 0.1 * gradient * gradient;
                return -rate * gradient / Math.sqrt(state[0] + 1e-7);
            };
        }

        /** Kingma and Ba, algorithm 1 in the form at the end of section 2, where epsilon stands outside the corrections. */
        static Rule adam(double rate) {
            return (gradient, state, step) -> {
                state[0] = 0.9 * state[0] + 0.1 * gradient;
                state[1] = 0.999 * state[1] + 0.001 * gradient * gradient;
                double corrected = rate * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
                return -corrected * state[0] / (Math.sqrt(state[1]) + 1e-7);
            };
        }

        /** Polyak's heavy ball with 0.9. */
        static Rule momentum(double rate) {
            return (gradient, state, step) -> state[0] = 0.9 * state[0] - rate * gradient;
        }

        /** Zeiler, algorithm 1, its step times a rate. */
        static Rule adaDelta(double rate) {
            return (gradient, state, step) -> {
                state[0] = 0.95 * state[0] + 0.05 * gradient * gradient;
                double delta = -Math.sqrt(state[1] + 1e-7) / Math.sqrt(state[0] + 1e-7) * gradient;
                state[1] = 0.95 * state[1] + 0.05 * delta * delta;
                return rate * delta;
            };
        }
    }

    /** A dense layer: {@code kernel[in][out]}, with what the rule keeps for each number. */
    private static final class Layer {
        private final double[][] kernel;
        private final double[] bias;
        private final double[][][] kernelState;
        private final double[][] biasState;

        private Layer(double[][] kernel, double[] bias) {
            this.kernel = kernel;
            this.bias = bias;
            this.kernelState = new double[kernel.length][bias.length][2];
            this.biasState = new double[bias.length][2];
        }

        private double[] forward(double[] input) {
            double[] output = bias.clone();
            for (int i = 0; i < input.length; i++) {
                for (int o = 0; o < output.length; o++) {
                    output[o] += input[i] * kernel[i][o];
                }
            }
            return output;
        }
    }

    private final List<Layer> layers = new ArrayList<>();
    private final Rule rule;
    private int steps;

    ReferenceHead(Rule rule) {
        this.rule = rule;
    }

    /** @param kernel row-major, inputs by units */
    void add(float[] kernel, float[] bias) {
        double[][] rows = new double[kernel.length / bias.length][bias.length];
        for (int i = 0; i < kernel.length; i++) {
            rows[i / bias.length][i % bias.length] = kernel[i];
        }
        double[] start = new double[bias.length];
        for (int i = 0; i < bias.length; i++) {
            start[i] = bias[i];
        }
        layers.add(new Layer(rows, start));
    }

    /** One step on a batch; the losses of its samples, each times its weight, added up, before the step. */
    double step(double[][] samples, int[] targets, double[] sampleWeights) {
        steps++;
        double loss = 0;
        double[][][] kernelGradients = new double[layers.size()][][];
        double[][] biasGradients = new double[layers.size()][];
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            kernelGradients[l] = new double[layer.kernel.length][layer.bias.length];
            biasGradients[l] = new double[layer.bias.length];
        }
        for (int s = 0; s < samples.length; s++) {
            List<double[]> inputs = new ArrayList<>(List.of(samples[s]));
            for (Layer layer : layers) {
                double[] output = layer.forward(inputs.get(inputs.size() - 1));
                inputs.add(inputs.size() < layers.size() ? relu(output) : output);
            }
            double[] probabilities = probabilities(inputs.get(layers.size()));
            int units = probabilities.length;
            double right =
                    units == 1 && targets[s] == 0 ? 1 - probabilities[0] : probabilities[units == 1 ? 0 : targets[s]];
            loss -= sampleWeights[s] * Math.log(right);
            double[] gradient = probabilities.clone();
            gradient[units == 1 ? 0 : targets[s]] -= units == 1 ? targets[s] : 1;
            for (int l = layers.size() - 1; l >= 0; l--) {
                double[] input = inputs.get(l);
                double[] inner = new double[input.length];
                for (int o = 0; o < gradient.length; o++) {
                    double share = sampleWeights[s] / samples.length;
                    biasGradients[l][o] += share * gradient[o];
                    for (int i = 0; i < input.length; i++) {
                        kernelGradients[l][i][o] += share * gradient[o] * input[i];
                        inner[i] += input[i] > 0 ? gradient[o] * layers.get(l).kernel[i][o] : 0;
                    }
                }
                gradient = inner;
            }
        }
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            change(layer.bias, biasGradients[l], layer.biasState);
            for (int i = 0; i < layer.kernel.length; i++) {
                change(layer.kernel[i], kernelGradients[l][i], layer.kernelState[i]);
            }
        }
        return loss;
    }

    private void change(double[] values, double[] gradients, double[][] state) {
        for (int i = 0; i < values.length; i++) {
            values[i] += rule.change(gradients[i], state[i], steps);
        }
    }

    private static double[] relu(double[] values) {
        double[] positive = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            positive[i] = Math.max(0, values[i]);
        }
        return positive;
    }

    private static double[] probabilities(double[] logits) {
        if (logits.length == 1) {
            return new double[] {1 / (1 + Math.exp(-logits[0]))};
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        double[] shares = new double[logits.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp(logits[i]) / sum;
        }
        return shares;
    }
}
