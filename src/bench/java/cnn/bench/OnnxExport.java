package cnn.bench;

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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a network as an ONNX model (onnx.proto, operator set 13) that takes and keeps maps as channel, height, width. */
final class OnnxExport {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final Network network;
    private final Weights weights;
    private final int images;
    private final Message graph = new Message();

    private OnnxExport(Network network, Weights weights, int images) {
        this.network = network;
        this.weights = weights;
        this.images = images;
    }

    /** The model for that number of images; its input and output are called like the network's. */
    static void write(Network network, Weights weights, int images, Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            new OnnxExport(network, weights, images).model().writeTo(channel);
        }
    }

    private Message model() {
        graph.text(2, network.name());
        network.nodes().stream().skip(1).forEach(this::add);
        graph.message(11, value(network.input())).message(12, value(network.output()));
        return new Message().number(1, 8).message(7, graph).message(8, new Message().text(1, "").number(2, 13));
    }

    private void add(Node node) {
        Layer layer = node.layer();
        String name = node.name();
        String input = node.inputs().get(0);
        if (layer instanceof Conv2D convolution) {
            convolve(node, convolution.window(), 1, "kernel", convolution.activation());
        } else if (layer instanceof DepthwiseConv2D convolution) {
            convolve(node, convolution.window(), node.inputShape().channels(), "depthwise_kernel", convolution.activation());
        } else if (layer instanceof Dense dense) {
            List<String> inputs = new ArrayList<>(List.of(input, tensor(node, "kernel")));
            if (dense.useBias()) {
                inputs.add(tensor(node, "bias"));
            }
            add(new OnnxNode("Gemm", inputs, linear(name, dense.activation())));
            activate(dense.activation(), name);
        } else if (layer instanceof BatchNormalization norm) {
            normalize(node, norm);
        } else if (layer instanceof Activation activation) {
            add(new OnnxNode("Identity", List.of(input), linear(name, activation.function())));
            activate(activation.function(), name);
        } else if (layer instanceof ZeroPadding2D padding) {
            Pads pads = padding.pads();
            String amounts = integers(name + "/pads", 0, 0, pads.top(), pads.left(), 0, 0, pads.bottom(), pads.right());
            add(new OnnxNode("Pad", List.of(input, amounts), name));
        } else if (layer instanceof Pooling2D pooling) {
            String operator = pooling.pooling() == Pooling.MAX ? "MaxPool" : "AveragePool";
            Window window = pooling.window();
            add(windowed(new OnnxNode(operator, List.of(input), name), window, node)
                    .with("kernel_shape", window.kernelHeight(), window.kernelWidth()));
        } else if (layer instanceof GlobalPooling2D pooling) {
            String operator = pooling.pooling() == Pooling.MAX ? "GlobalMaxPool" : "GlobalAveragePool";
            add(new OnnxNode(operator, List.of(input), name + "/map"));
            add(new OnnxNode("Flatten", List.of(name + "/map"), name));
        } else if (layer instanceof Add) {
            add(new OnnxNode("Add", node.inputs(), name));
        } else if (layer instanceof Concatenate) {
            add(new OnnxNode("Concat", node.inputs(), name).with("axis", 1L));
        } else if (layer instanceof Flatten || layer instanceof Reshape) {
            reshape(node, input);
        } else if (layer instanceof Dropout) {
            add(new OnnxNode("Identity", List.of(input), name));
        } else {
            throw new IllegalArgumentException("no ONNX operator for " + layer);
        }
    }

    private void convolve(Node node, Window window, int groups, String kernel, ActivationFunction activation) {
        FloatBuffer values = values(node, kernel);
        int height = window.kernelHeight();
        int width = window.kernelWidth();
        int out = node.outputShape().channels();
        int in = values.capacity() / (height * width * out);
        ByteBuffer moved = floats(values.capacity());
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int tap = 0; tap < height * width; tap++) {
                    moved.putFloat(values.get((tap * in + i) * out + o));
                }
            }
        }
        List<String> inputs = new ArrayList<>(List.of(node.inputs().get(0), node.name() + "/" + kernel));
        initializer(node.name() + "/" + kernel, FLOAT, moved.flip(), out, in, height, width);
        if (node.weights().size() > 1) {
            inputs.add(tensor(node, "bias"));
        }
        add(windowed(new OnnxNode("Conv", inputs, linear(node.name(), activation)), window, node)
                .with("dilations", window.dilationHeight(), window.dilationWidth())
                .with("group", (long) groups));
        activate(activation, node.name());
    }

    private static OnnxNode windowed(OnnxNode node, Window window, Node layer) {
        Pads pads = window.pads(layer.inputShape());
        return node.with("strides", window.strideHeight(), window.strideWidth())
                .with("pads", pads.top(), pads.left(), pads.bottom(), pads.right());
    }

    private void normalize(Node node, BatchNormalization norm) {
        List<String> inputs = List.of(
                node.inputs().get(0),
                norm.scale() ? tensor(node, "gamma") : constant(node, "gamma", 1),
                norm.center() ? tensor(node, "beta") : constant(node, "beta", 0),
                tensor(node, "moving_mean"),
                tensor(node, "moving_variance"));
        add(new OnnxNode("BatchNormalization", inputs, node.name()).with("epsilon", (float) norm.epsilon()));
    }

    /** Through channels innermost, the order in which Keras flattens. */
    private void reshape(Node node, String input) {
        String name = node.name();
        String vector = integers(name + "/vector", images, node.outputShape().elements());
        String source = input;
        if (node.inputShape().isMap()) {
            source = name + "/nhwc";
            add(new OnnxNode("Transpose", List.of(input), source).with("perm", 0, 2, 3, 1));
        }
        Shape shape = node.outputShape();
        if (!shape.isMap()) {
            add(new OnnxNode("Reshape", List.of(source, vector), name));
            return;
        }
        String sizes = integers(name + "/sizes", images, shape.height(), shape.width(), shape.channels());
        add(new OnnxNode("Reshape", List.of(source, sizes), name + "/map"));
        add(new OnnxNode("Transpose", List.of(name + "/map"), name).with("perm", 0, 3, 1, 2));
    }

    private static String linear(String name, ActivationFunction function) {
        return function.equals(ActivationFunction.LINEAR) ? name : name + "/linear";
    }

    private void activate(ActivationFunction function, String name) {
        List<String> input = List.of(name + "/linear");
        switch (function.name()) {
            case "linear" -> {}
            case "relu" -> add(new OnnxNode("Relu", input, name));
            case "tanh" -> add(new OnnxNode("Tanh", input, name));
            case "sigmoid" -> add(new OnnxNode("Sigmoid", input, name));
            case "softmax" -> add(new OnnxNode("Softmax", input, name).with("axis", 1L));
            case "relu6" -> {
                initializer(name + "/0", FLOAT, floats(1).putFloat(0).flip());
                initializer(name + "/6", FLOAT, floats(1).putFloat(6).flip());
                add(new OnnxNode("Clip", List.of(input.get(0), name + "/0", name + "/6"), name));
            }
            default -> throw new IllegalArgumentException("no ONNX form of " + function);
        }
    }

    private void add(OnnxNode node) {
        graph.message(1, node.message());
    }

    private FloatBuffer values(Node node, String name) {
        for (WeightSpec spec : node.weights()) {
            if (spec.name().equals(name)) {
                return weights.values(node, spec);
            }
        }
        throw new IllegalArgumentException(node.name() + " has no " + name);
    }

    private String tensor(Node node, String name) {
        FloatBuffer values = values(node, name);
        ByteBuffer bytes = floats(values.remaining());
        bytes.asFloatBuffer().put(values.duplicate());
        boolean matrix = name.equals("kernel");
        long[] sizes = matrix
                ? new long[] {node.inputShape().channels(), node.outputShape().channels()}
                : new long[] {values.remaining()};
        initializer(node.name() + "/" + name, FLOAT, bytes, sizes);
        return node.name() + "/" + name;
    }

    private String constant(Node node, String name, float value) {
        float[] values = new float[node.outputShape().channels()];
        Arrays.fill(values, value);
        ByteBuffer bytes = floats(values.length);
        bytes.asFloatBuffer().put(values);
        initializer(node.name() + "/" + name, FLOAT, bytes, values.length);
        return node.name() + "/" + name;
    }

    private String integers(String name, long... values) {
        ByteBuffer bytes = floats(2 * values.length);
        bytes.asLongBuffer().put(values);
        initializer(name, INT64, bytes, values.length);
        return name;
    }

    private void initializer(String name, int type, ByteBuffer bytes, long... sizes) {
        Message tensor = new Message();
        for (long size : sizes) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, bytes));
    }

    private Message value(Node node) {
        Shape shape = node.outputShape();
        Message sizes = size(size(new Message(), images), shape.channels());
        if (shape.isMap()) {
            size(size(sizes, shape.height()), shape.width());
        }
        Message type = new Message().message(1, new Message().number(1, FLOAT).message(2, sizes));
        return new Message().text(1, node.name()).message(2, type);
    }

    private static Message size(Message shape, long size) {
        return shape.message(1, new Message().number(1, size));
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
