package cnn.program;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.InputLayer;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The layers as their definitions say: loops over doubles, one layer after the other, one image. */
public final class NaiveForwardPass {
    private final Weights weights;
    private final Map<String, double[]> values = new HashMap<>();

    private NaiveForwardPass(Weights weights) {
        this.weights = weights;
    }

    /** The output of every layer, each row-major in its shape. */
    public static Map<String, double[]> run(Network network, Weights weights, float[] image) {
        NaiveForwardPass pass = new NaiveForwardPass(weights);
        for (Node node : network.nodes()) {
            pass.values.put(node.name(), node.layer() instanceof InputLayer ? doubles(image) : pass.compute(node));
        }
        return pass.values;
    }

    private double[] compute(Node node) {
        List<double[]> inputs = node.inputs().stream().map(values::get).toList();
        double[] input = inputs.get(0);
        Layer layer = node.layer();
        if (layer instanceof Conv2D convolution) {
            return activated(convolve(node, input, convolution.window(), false), convolution.activation(), node);
        } else if (layer instanceof DepthwiseConv2D convolution) {
            return activated(convolve(node, input, convolution.window(), true), convolution.activation(), node);
        } else if (layer instanceof Dense dense) {
            return activated(multiply(node, input), dense.activation(), node);
        } else if (layer instanceof BatchNormalization norm) {
            return normalize(node, input, norm.epsilon());
        } else if (layer instanceof Activation activation) {
            return activated(input, activation.function(), node);
        } else if (layer instanceof ZeroPadding2D padding) {
            return pad(node, input, padding.pads());
        } else if (layer instanceof Pooling2D pooling) {
            return pool(
                    node,
                    input,
                    pooling.pooling(),
                    pooling.window(),
                    pooling.window().pads(node.inputShape()));
        } else if (layer instanceof GlobalPooling2D pooling) {
            Window whole = new Window(
                    node.inputShape().height(), node.inputShape().width(), 1, 1, 1, 1, cnn.network.Padding.VALID);
            return pool(node, input, pooling.pooling(), whole, Pads.NONE);
        } else if (layer instanceof Add) {
            return IntStream.range(0, input.length)
                    .mapToDouble(i -> inputs.stream().mapToDouble(v -> v[i]).sum())
                    .toArray();
        } else if (layer instanceof Concatenate) {
            return concatenate(node, inputs);
        } else if (layer instanceof Flatten || layer instanceof Reshape || layer instanceof Dropout) {
            return input;
        }
        throw new AssertionError(layer);
    }

    private double[] convolve(Node node, double[] input, Window window, boolean depthwise) {
        Shape in = node.inputShape();
        Shape out = node.outputShape();
        Pads pads = window.pads(in);
        float[] kernel = weight(node, depthwise ? "depthwise_kernel" : "kernel");
        float[] bias = weight(node, "bias");
        int filters = out.channels();
        int multiplier = depthwise ? filters / in.channels() : 1;
        double[] output = new double[(int) out.elements()];
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int f = 0; f < filters; f++) {
                    double sum = bias.length == 0 ? 0 : bias[f];
                    for (int ky = 0; ky < window.kernelHeight(); ky++) {
                        for (int kx = 0; kx < window.kernelWidth(); kx++) {
                            int row = y * window.strideHeight() + ky * window.dilationHeight() - pads.top();
                            int column = x * window.strideWidth() + kx * window.dilationWidth() - pads.left();
                            if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) {
                                continue;
                            }
                            int cell = (row * in.width() + column) * in.channels();
                            int tap = ky * window.kernelWidth() + kx;
                            if (depthwise) {
                                sum += input[cell + f / multiplier] * kernel[tap * filters + f];
                                continue;
                            }
                            for (int c = 0; c < in.channels(); c++) {
                                sum += input[cell + c] * kernel[(tap * in.channels() + c) * filters + f];
                            }
                        }
                    }
                    output[(y * out.width() + x) * filters + f] = sum;
                }
            }
        }
        return output;
    }

    private double[] multiply(Node node, double[] input) {
        float[] kernel = weight(node, "kernel");
        float[] bias = weight(node, "bias");
        double[] output = new double[node.outputShape().channels()];
        for (int unit = 0; unit < output.length; unit++) {
            output[unit] = bias.length == 0 ? 0 : bias[unit];
            for (int i = 0; i < input.length; i++) {
                output[unit] += input[i] * kernel[i * output.length + unit];
            }
        }
        return output;
    }

    private double[] normalize(Node node, double[] input, double epsilon) {
        float[] gamma = weight(node, "gamma");
        float[] beta = weight(node, "beta");
        float[] mean = weight(node, "moving_mean");
        float[] variance = weight(node, "moving_variance");
        double[] output = new double[input.length];
        for (int i = 0; i < input.length; i++) {
            int c = i % mean.length;
            double normal = (input[i] - mean[c]) / Math.sqrt(variance[c] + epsilon);
            output[i] = normal * (gamma.length == 0 ? 1 : gamma[c]) + (beta.length == 0 ? 0 : beta[c]);
        }
        return output;
    }

    private static double[] pad(Node node, double[] input, Pads pads) {
        Shape in = node.inputShape();
        Shape out = node.outputShape();
        double[] output = new double[(int) out.elements()];
        int row = in.width() * in.channels();
        for (int y = 0; y < in.height(); y++) {
            int to = ((y + pads.top()) * out.width() + pads.left()) * in.channels();
            System.arraycopy(input, y * row, output, to, row);
        }
        return output;
    }

    private static double[] pool(Node node, double[] input, Pooling pooling, Window window, Pads pads) {
        Shape in = node.inputShape();
        int channels = in.channels();
        double[] output = new double[(int) node.outputShape().elements()];
        int width = output.length == channels ? 1 : node.outputShape().width();
        for (int i = 0; i < output.length; i++) {
            int top = i / channels / width * window.strideHeight() - pads.top();
            int left = i / channels % width * window.strideWidth() - pads.left();
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            int cells = 0;
            for (int row = Math.max(0, top); row < Math.min(in.height(), top + window.kernelHeight()); row++) {
                for (int col = Math.max(0, left); col < Math.min(in.width(), left + window.kernelWidth()); col++) {
                    double value = input[(row * in.width() + col) * channels + i % channels];
                    sum += value;
                    largest = Math.max(largest, value);
                    cells++;
                }
            }
            output[i] = pooling == Pooling.MAX ? largest : sum / cells;
        }
        return output;
    }

    private static double[] concatenate(Node node, List<double[]> inputs) {
        double[] output = new double[(int) node.outputShape().elements()];
        int to = 0;
        for (int cell = 0; to < output.length; cell++) {
            for (int i = 0; i < inputs.size(); i++) {
                int channels = node.inputShapes().get(i).channels();
                System.arraycopy(inputs.get(i), cell * channels, output, to, channels);
                to += channels;
            }
        }
        return output;
    }

    private static double[] activated(double[] values, ActivationFunction function, Node node) {
        if (function.equals(ActivationFunction.SOFTMAX)) {
            return softmax(values, node.outputShape().channels());
        }
        if (function.equals(ActivationFunction.LOG_SOFTMAX)) {
            return Arrays.stream(softmax(values, node.outputShape().channels()))
                    .map(Math::log)
                    .toArray();
        }
        return Arrays.stream(values).map(v -> NaiveFunctions.value(function, v)).toArray();
    }

    private static double[] softmax(double[] values, int channels) {
        double[] output = new double[values.length];
        for (int cell = 0; cell < values.length; cell += channels) {
            double[] logits = Arrays.copyOfRange(values, cell, cell + channels);
            double largest = Arrays.stream(logits).max().orElseThrow();
            double sum = Arrays.stream(logits).map(v -> Math.exp(v - largest)).sum();
            for (int c = 0; c < channels; c++) {
                output[cell + c] = Math.exp(logits[c] - largest) / sum;
            }
        }
        return output;
    }

    private float[] weight(Node node, String name) {
        for (WeightSpec spec : node.weights()) {
            if (spec.name().equals(name)) {
                FloatBuffer values = weights.values(node, spec);
                float[] copy = new float[values.remaining()];
                values.get(copy);
                return copy;
            }
        }
        return new float[0];
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
