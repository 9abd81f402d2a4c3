package cnn.bench;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.ChannelAffine;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.Layer;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.SeparableConv2D;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a network as an ONNX model that takes and keeps maps as channel, height, width; each layer as PyTorch exports it, so
 * that ONNX Runtime finds what it fuses.
 */
final class OnnxExport {
    private final Network network;
    private final Weights weights;
    private final OnnxGraph graph;

    private OnnxExport(Network network, Weights weights, int images) {
        this.network = network;
        this.weights = weights;
        this.graph = new OnnxGraph(network.name(), weights, images);
    }

    /** The model for that number of images; its input and output are called like the network's. */
    static void write(Network network, Weights weights, int images, Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            new OnnxExport(network, weights, images).model().writeTo(channel);
        }
    }

    private Message model() {
        network.nodes().stream().skip(1).forEach(this::add);
        return graph.model(network.input(), network.output());
    }

    private void add(Node node) {
        Layer layer = node.layer();
        String name = node.name();
        List<String> input = List.of(node.inputs().get(0));
        if (layer instanceof Conv2D convolution) {
            convolve(node, convolution.window(), node.weights().get(0), name, convolution.activation());
        } else if (layer instanceof DepthwiseConv2D convolution) {
            convolve(node, convolution.window(), node.weights().get(0), name, convolution.activation());
        } else if (layer instanceof SeparableConv2D convolution) {
            separable(node, convolution);
        } else if (layer instanceof Dense dense) {
            dense(node, dense);
        } else if (layer instanceof BatchNormalization norm) {
            normalize(node, norm);
        } else if (layer instanceof LayerNormalization norm) {
            normalizeCells(node, norm);
        } else if (layer instanceof ChannelAffine affine) {
            affine(node, affine);
        } else if (layer instanceof LayerScale) {
            String gamma = graph.vector(node, "gamma");
            onCells(node, cells -> graph.add(new OnnxNode("Mul", List.of(cells, gamma), name + "/cells")));
        } else if (layer instanceof Activation activation) {
            activate(node, activation.function(), input.get(0));
        } else if (layer instanceof ZeroPadding2D padding) {
            Pads pads = padding.pads();
            String amounts = graph.integers(node, "pads", 0, 0, pads.top(), pads.left(), 0, 0, pads.bottom(), pads.right());
            graph.add(new OnnxNode("Pad", List.of(input.get(0), amounts), name));
        } else if (layer instanceof Pooling2D pooling) {
            String operator = pooling.pooling() == Pooling.MAX ? "MaxPool" : "AveragePool";
            Window window = pooling.window();
            graph.add(windowed(new OnnxNode(operator, input, name), window, window.pads(node.inputShape()))
                    .with("kernel_shape", window.kernelHeight(), window.kernelWidth()));
        } else if (layer instanceof GlobalPooling2D pooling) {
            String operator = pooling.pooling() == Pooling.MAX ? "GlobalMaxPool" : "GlobalAveragePool";
            graph.add(new OnnxNode(operator, input, pooling.keepDimensions() ? name : name + "/map"));
            if (!pooling.keepDimensions()) {
                graph.add(new OnnxNode("Flatten", List.of(name + "/map"), name));
            }
        } else if (layer instanceof Add) {
            graph.add(new OnnxNode("Add", node.inputs(), name));
        } else if (layer instanceof Merge merge && merge.operation() == Merge.Operation.MULTIPLY) {
            graph.add(new OnnxNode("Mul", node.inputs(), name));
        } else if (layer instanceof Concatenate) {
            graph.add(new OnnxNode("Concat", node.inputs(), name).with("axis", 1L));
        } else if (layer instanceof Flatten || layer instanceof Reshape) {
            reshape(node);
        } else if (layer instanceof Dropout) {
            graph.add(new OnnxNode("Identity", input, name));
        } else {
            throw new IllegalArgumentException("no ONNX operator for " + layer);
        }
    }

    private void convolve(Node node, Window window, WeightSpec kernel, String result, ActivationFunction activation) {
        List<String> inputs = new ArrayList<>(List.of(node.inputs().get(0)));
        boolean depthwise = kernel.name().equals("depthwise_kernel");
        int channels = node.inputShape().channels();
        List<Integer> sizes = kernel.shape().sizes();
        Shape shape = depthwise
                ? Shape.of(sizes.get(0), sizes.get(1), 1, sizes.get(2) * sizes.get(3))
                : kernel.shape();
        inputs.add(graph.kernel(node, kernel.name(), shape));
        if (node.weights().stream().anyMatch(weight -> weight.name().equals("bias"))) {
            inputs.add(graph.vector(node, "bias"));
        }
        graph.add(windowed(new OnnxNode("Conv", inputs, linear(result, activation)), window, window.pads(node.inputShape()))
                .with("dilations", window.dilationHeight(), window.dilationWidth())
                .with("group", depthwise ? channels : (long) channels / sizes.get(2)));
        if (!activation.equals(ActivationFunction.LINEAR)) {
            activate(node, activation, linear(result, activation));
        }
    }

    /** Without a bias, as Xception has them. */
    private void separable(Node node, SeparableConv2D convolution) {
        String middle = node.name() + "/depthwise";
        convolve(node, convolution.window(), node.weights().get(0), middle, ActivationFunction.LINEAR);
        String kernel = graph.kernel(node, "pointwise_kernel", node.weights().get(1).shape());
        graph.add(new OnnxNode("Conv", List.of(middle, kernel), node.name()));
    }

    private static OnnxNode windowed(OnnxNode node, Window window, Pads pads) {
        return node.with("strides", window.strideHeight(), window.strideWidth())
                .with("pads", pads.top(), pads.left(), pads.bottom(), pads.right());
    }

    private void dense(Node node, Dense dense) {
        String name = node.name();
        String bias = dense.useBias() ? graph.vector(node, "bias") : graph.vector(node, "bias", 0);
        String kernel = graph.matrix(node, "kernel");
        if (node.inputShape().isMap()) {
            onCells(node, cells -> {
                graph.add(new OnnxNode("MatMul", List.of(cells, kernel), name + "/product"));
                graph.add(new OnnxNode("Add", List.of(name + "/product", bias), name + "/cells"));
            });
            return;
        }
        String result = linear(name, dense.activation());
        graph.add(new OnnxNode("Gemm", List.of(node.inputs().get(0), kernel, bias), result));
        if (!result.equals(name)) {
            activate(node, dense.activation(), result);
        }
    }

    /** Adds what takes cells with channels innermost and gives {@code /cells}; ONNX Runtime takes needless turns away. */
    private void onCells(Node node, Consumer<String> work) {
        String name = node.name();
        graph.add(new OnnxNode("Transpose", List.of(node.inputs().get(0)), name + "/nhwc").with("perm", 0, 2, 3, 1));
        work.accept(name + "/nhwc");
        graph.add(new OnnxNode("Transpose", List.of(name + "/cells"), name).with("perm", 0, 3, 1, 2));
    }

    private void normalize(Node node, BatchNormalization norm) {
        List<String> inputs = List.of(
                node.inputs().get(0),
                norm.scale() ? graph.vector(node, "gamma") : graph.vector(node, "gamma", 1),
                norm.center() ? graph.vector(node, "beta") : graph.vector(node, "beta", 0),
                graph.vector(node, "moving_mean"),
                graph.vector(node, "moving_variance"));
        graph.add(new OnnxNode("BatchNormalization", inputs, node.name()).with("epsilon", (float) norm.epsilon()));
    }

    private void normalizeCells(Node node, LayerNormalization norm) {
        String name = node.name();
        List<String> weights = List.of(graph.vector(node, "gamma"), graph.vector(node, "beta"));
        if (!node.inputShape().isMap()) {
            graph.add(new OnnxNode("LayerNormalization", List.of(node.inputs().get(0), weights.get(0), weights.get(1)), name)
                    .with("epsilon", (float) norm.epsilon()));
            return;
        }
        onCells(node, cells -> graph.add(
                new OnnxNode("LayerNormalization", List.of(cells, weights.get(0), weights.get(1)), name + "/cells")
                        .with("epsilon", (float) norm.epsilon())));
    }

    private void affine(Node node, ChannelAffine affine) {
        String name = node.name();
        double[][] numbers = affine.factorsAndShifts(node, weights);
        String factors = graph.channels(node, "factors", numbers[0]);
        graph.add(new OnnxNode("Mul", List.of(node.inputs().get(0), factors), name + "/scaled"));
        graph.add(new OnnxNode("Add", List.of(name + "/scaled", graph.channels(node, "shifts", numbers[1])), name));
    }

    /** Through channels innermost, the order in which Keras flattens. */
    private void reshape(Node node) {
        String name = node.name();
        Shape shape = node.outputShape();
        Shape from = node.inputShape();
        boolean turns = from.isMap() && from.elements() > from.channels();
        String source = node.inputs().get(0);
        if (turns) {
            graph.add(new OnnxNode("Transpose", List.of(source), name + "/nhwc").with("perm", 0, 2, 3, 1));
            source = name + "/nhwc";
        }
        if (!shape.isMap()) {
            String vector = graph.integers(node, "vector", graph.images(), shape.elements());
            graph.add(new OnnxNode("Reshape", List.of(source, vector), name));
            return;
        }
        if (shape.elements() > shape.channels()) {
            throw new IllegalArgumentException("a map of " + shape + " out of something else");
        }
        String sizes = graph.integers(node, "sizes", graph.images(), shape.channels(), 1, 1);
        graph.add(new OnnxNode("Reshape", List.of(source, sizes), name));
    }

    private static String linear(String name, ActivationFunction function) {
        return function.equals(ActivationFunction.LINEAR) ? name : name + "/linear";
    }

    private void activate(Node node, ActivationFunction function, String input) {
        String name = node.name();
        switch (function.name()) {
            case "linear" -> graph.add(new OnnxNode("Identity", List.of(input), name));
            case "relu" -> graph.add(new OnnxNode("Relu", List.of(input), name));
            case "tanh" -> graph.add(new OnnxNode("Tanh", List.of(input), name));
            case "sigmoid" -> graph.add(new OnnxNode("Sigmoid", List.of(input), name));
            case "hard_silu" -> graph.add(new OnnxNode("HardSwish", List.of(input), name));
            case "softmax" -> graph.add(new OnnxNode("Softmax", List.of(input), name).with("axis", 1L));
            case "relu6" -> graph.add(
                    new OnnxNode("Clip", List.of(input, graph.scalar(node, "0", 0), graph.scalar(node, "6", 6)), name));
            case "silu" -> {
                graph.add(new OnnxNode("Sigmoid", List.of(input), name + "/gate"));
                graph.add(new OnnxNode("Mul", List.of(input, name + "/gate"), name));
            }
            case "gelu" -> gelu(node, input);
            default -> throw new IllegalArgumentException("no ONNX form of " + function);
        }
    }

    /** x (1 + erf(x / sqrt 2)) / 2, in the steps that ONNX Runtime knows as one. */
    private void gelu(Node node, String input) {
        String name = node.name();
        graph.add(new OnnxNode("Div", List.of(input, graph.scalar(node, "root", Math.sqrt(2))), name + "/divided"));
        graph.add(new OnnxNode("Erf", List.of(name + "/divided"), name + "/erf"));
        graph.add(new OnnxNode("Add", List.of(name + "/erf", graph.scalar(node, "1", 1)), name + "/sum"));
        graph.add(new OnnxNode("Mul", List.of(input, name + "/sum"), name + "/product"));
        graph.add(new OnnxNode("Mul", List.of(name + "/product", graph.scalar(node, "half", 0.5)), name));
    }
}
