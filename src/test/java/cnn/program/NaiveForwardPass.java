package cnn.program;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.ChannelsFirst;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.InputLayer;
import cnn.network.Layer;
import cnn.network.LayerScale;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Noise;
import cnn.network.PReLU;
import cnn.network.Pads;
import cnn.network.PassThrough;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.SeparableConv2D;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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
        return compute(node, node.inputs().stream().map(values::get).toList());
    }

    private double[] compute(Node node, List<double[]> inputs) {
        double[] input = inputs.get(0);
        Layer layer = node.layer();
        if (layer instanceof Conv2D convolution) {
            return activated(convolve(node, input, convolution), convolution.activation(), node);
        } else if (layer instanceof DepthwiseConv2D convolution) {
            return activated(depthwise(node, input, convolution.window()), convolution.activation(), node);
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
        } else if (layer instanceof Concatenate) {
            return concatenate(node, inputs);
        } else if (layer instanceof Flatten
                || layer instanceof Reshape
                || layer instanceof Dropout
                || layer instanceof Noise
                || layer instanceof PassThrough) {
            return input;
        } else if (layer instanceof SeparableConv2D convolution) {
            return activated(separable(node, input, convolution), convolution.activation(), node);
        } else if (layer instanceof LayerScale) {
            float[] gamma = weight(node, "gamma");
            return IntStream.range(0, input.length)
                    .mapToDouble(i -> input[i] * gamma[i % gamma.length])
                    .toArray();
        } else if (layer instanceof PReLU) {
            return slopes(node, input);
        } else if (layer instanceof ChannelsFirst first) {
            return channelsFirst(node, first, inputs);
        }
        return new NaiveLayers(node, name -> weight(node, name), inputs).compute(layer);
    }

    private double[] convolve(Node node, double[] input, Conv2D convolution) {
        int groups = convolution.groups();
        int filters = node.outputShape().channels();
        int in = node.inputShape().channels() / groups;
        float[] kernel = weight(node, "kernel");
        return windows(node, node.inputShape(), node.outputShape(), convolution.window(), (cell, tap, f) -> {
            double sum = 0;
            int first = f / (filters / groups) * in;
            for (int c = 0; c < in; c++) {
                sum += input[cell + first + c] * kernel[(tap * in + c) * filters + f];
            }
            return sum;
        });
    }

    private double[] depthwise(Node node, double[] input, Window window) {
        return depthwise(node, input, window, node.outputShape());
    }

    private double[] depthwise(Node node, double[] input, Window window, Shape out) {
        int filters = out.channels();
        int multiplier = filters / node.inputShape().channels();
        float[] kernel = weight(node, "depthwise_kernel");
        return windows(
                node,
                node.inputShape(),
                out,
                window,
                (cell, tap, f) -> input[cell + f / multiplier] * kernel[tap * filters + f]);
    }

    private double[] separable(Node node, double[] input, SeparableConv2D convolution) {
        Shape middle = convolution.middle(node.inputShape());
        float[] bias = weight(node, "bias");
        float[] pointwise = weight(node, "pointwise_kernel");
        int filters = node.outputShape().channels();
        double[] cells = depthwise(node, input, convolution.window(), middle);
        double[] output = new double[(int) node.outputShape().elements()];
        for (int i = 0; i < output.length; i++) {
            output[i] = bias.length == 0 ? 0 : bias[i % filters];
            for (int c = 0; c < middle.channels(); c++) {
                output[i] += cells[i / filters * middle.channels() + c] * pointwise[c * filters + i % filters];
            }
        }
        return output;
    }

    private interface Tap {
        /** What one cell of the input, at a place of the window, adds to a filter's result. */
        double of(int cell, int tap, int filter);
    }

    private double[] windows(Node node, Shape in, Shape out, Window window, Tap taps) {
        Pads pads = window.pads(in);
        float[] bias = node.layer() instanceof SeparableConv2D ? new float[0] : weight(node, "bias");
        int filters = out.channels();
        double[] output = new double[(int) out.elements()];
        for (int i = 0; i < output.length; i++) {
            int f = i % filters;
            int y = i / filters / out.width();
            int x = i / filters % out.width();
            output[i] = bias.length == 0 ? 0 : bias[f];
            for (int tap = 0; tap < window.kernelHeight() * window.kernelWidth(); tap++) {
                int row = y * window.strideHeight() + tap / window.kernelWidth() * window.dilationHeight() - pads.top();
                int column =
                        x * window.strideWidth() + tap % window.kernelWidth() * window.dilationWidth() - pads.left();
                if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                    output[i] += taps.of((row * in.width() + column) * in.channels(), tap, f);
                }
            }
        }
        return output;
    }

    private double[] slopes(Node node, double[] input) {
        float[] alpha = weight(node, "alpha");
        List<Integer> sizes = node.weights().get(0).shape().sizes();
        List<Integer> all = node.inputShape().sizes();
        double[] output = input.clone();
        for (int i = 0; i < input.length; i++) {
            int place = 0;
            int stride = 1;
            int rest = i;
            for (int axis = sizes.size() - 1; axis >= 0; axis--) {
                place += sizes.get(axis) == 1 ? 0 : rest % all.get(axis) * stride;
                stride *= sizes.get(axis);
                rest /= all.get(axis);
            }
            output[i] = input[i] > 0 ? input[i] : alpha[place] * input[i];
        }
        return output;
    }

    private double[] channelsFirst(Node node, ChannelsFirst first, List<double[]> inputs) {
        List<double[]> turned = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Shape shape = node.inputShapes().get(i);
            turned.add(shape.isMap() ? turned(inputs.get(i), shape.sizes().get(0)) : inputs.get(i));
            shapes.add(ChannelsFirst.last(shape));
        }
        Shape last = ChannelsFirst.last(node.outputShape());
        double[] result = compute(new Node(node.name(), first.layer(), node.inputs(), shapes, last), turned);
        return last.isMap() ? turned(result, result.length / last.channels()) : result;
    }

    /** Rows and columns exchanged. */
    private static double[] turned(double[] values, int rows) {
        int columns = values.length / rows;
        double[] turned = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i % columns * rows + i / columns] = values[i];
        }
        return turned;
    }

    private double[] multiply(Node node, double[] input) {
        float[] kernel = weight(node, "kernel");
        float[] bias = weight(node, "bias");
        int units = node.outputShape().channels();
        int in = node.inputShape().channels();
        double[] output = new double[input.length / in * units];
        for (int i = 0; i < output.length; i++) {
            output[i] = bias.length == 0 ? 0 : bias[i % units];
            for (int k = 0; k < in; k++) {
                output[i] += input[i / units * in + k] * kernel[k * units + i % units];
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
        int axis = ((Concatenate) node.layer()).place(node.outputShape().sizes().size());
        double[] output = new double[(int) node.outputShape().elements()];
        int to = 0;
        for (int row = 0; to < output.length; row++) {
            for (int i = 0; i < inputs.size(); i++) {
                List<Integer> sizes = node.inputShapes().get(i).sizes();
                int run = sizes.subList(axis, sizes.size()).stream().reduce(1, (a, b) -> a * b);
                System.arraycopy(inputs.get(i), row * run, output, to, run);
                to += run;
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
