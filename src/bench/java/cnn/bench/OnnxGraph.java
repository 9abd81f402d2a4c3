package cnn.bench;

import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** An ONNX graph while it is put together (onnx.proto: GraphProto): its nodes, and the numbers that they take. */
final class OnnxGraph {
    /** Types of numbers (onnx.proto: TensorProto.DataType). */
    static final int FLOAT = 1;

    static final int UINT8 = 2;
    static final int INT8 = 3;
    static final int INT32 = 6;
    private static final int INT64 = 7;

    private final Weights weights;
    private final int images;
    private final Message graph = new Message();

    OnnxGraph(String name, Weights weights, int images) {
        this.weights = weights;
        this.images = images;
        graph.text(2, name);
    }

    /** The whole model (operator set 17). */
    Message model(Node input, Node output) {
        graph.message(11, value(input)).message(12, value(output));
        return new Message().number(1, 8).message(7, graph).message(8, new Message().text(1, "").number(2, 17));
    }

    int images() {
        return images;
    }

    void add(OnnxNode node) {
        graph.message(1, node.message());
    }

    /** A kernel of (height, width, in, out) as (out, in, height, width); the name of the numbers. */
    String kernel(Node node, String name, Shape kernel) {
        FloatBuffer values = values(node, name);
        int taps = kernel.sizes().get(0) * kernel.sizes().get(1);
        int in = kernel.sizes().get(2);
        int out = kernel.sizes().get(3);
        ByteBuffer moved = floats(values.capacity());
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int tap = 0; tap < taps; tap++) {
                    moved.putFloat(values.get((tap * in + i) * out + o));
                }
            }
        }
        return initializer(node, name, moved.flip(), out, in, kernel.sizes().get(0), kernel.sizes().get(1));
    }

    /** A kernel of (in, out), as it is. */
    String matrix(Node node, String name) {
        return initializer(
                node,
                name,
                copy(values(node, name)),
                node.inputShape().channels(),
                node.outputShape().channels());
    }

    /** A number for each channel. */
    String vector(Node node, String name) {
        FloatBuffer values = values(node, name);
        return initializer(node, name, copy(values), values.remaining());
    }

    /** The same number for each channel. */
    String vector(Node node, String name, double value) {
        double[] values = new double[node.outputShape().channels()];
        Arrays.fill(values, value);
        return initializer(node, name, copy(values), values.length);
    }

    /** Numbers to be combined with maps of that many channels, or with all numbers if there is one. */
    String channels(Node node, String name, double[] values) {
        return initializer(node, name, copy(values), values.length, 1, 1);
    }

    String scalar(Node node, String name, double value) {
        return initializer(node, name, copy(new double[] {value}));
    }

    String integers(Node node, String name, long... values) {
        return integers(node.name() + "/" + name, values);
    }

    String integers(String name, long... values) {
        ByteBuffer bytes = floats(2 * values.length);
        bytes.asLongBuffer().put(values);
        return initializer(name, INT64, bytes, values.length);
    }

    private FloatBuffer values(Node node, String name) {
        for (WeightSpec spec : node.weights()) {
            if (spec.name().equals(name)) {
                return weights.values(node, spec);
            }
        }
        throw new IllegalArgumentException(node.name() + " has no " + name);
    }

    private String initializer(Node node, String name, ByteBuffer bytes, long... sizes) {
        return initializer(node.name() + "/" + name, FLOAT, bytes, sizes);
    }

    /** Numbers of that type; their name. */
    String initializer(String name, int type, ByteBuffer bytes, long... sizes) {
        Message tensor = new Message();
        for (long size : sizes) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, bytes));
        return name;
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

    private static ByteBuffer copy(FloatBuffer values) {
        ByteBuffer bytes = floats(values.remaining());
        bytes.asFloatBuffer().put(values.duplicate());
        return bytes;
    }

    private static ByteBuffer copy(double[] values) {
        ByteBuffer bytes = floats(values.length);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return bytes.flip();
    }

    /** Room for numbers of 4 bytes. */
    static ByteBuffer floats(int count) {
        return ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
