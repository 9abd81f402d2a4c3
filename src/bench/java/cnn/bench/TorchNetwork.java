package cnn.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.optimizer.Optimizer;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
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
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A chain of layers in PyTorch, called through DJL: arrays are images, channels, height, width. */
final class TorchNetwork {
    private final Network network;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    /** @param manager owns the parameters */
    TorchNetwork(Network network, Weights weights, NDManager manager) {
        this.network = network;
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                parameters.put(node.name() + "/" + weight.name(), parameter(node, weight, weights, manager));
            }
        }
    }

    /** The classes' results before softmax, or what the last frozen layer gives; belongs to the manager of {@code nchw}. */
    NDArray forward(NDArray nchw, boolean training) {
        NDArray value = nchw;
        for (Node node : network.nodes()) {
            NDArray input = value;
            value = forward(node, input, training);
            if (!training && value != input && input != nchw) {
                // What is still held makes the next layer's result lie in memory that the system has yet to clear.
                input.close();
            }
        }
        return value;
    }

    /** From now on a backward pass leaves gradients. */
    void learn() {
        parameters.values().forEach(parameter -> parameter.setRequiresGradient(true));
    }

    /** Changes the parameters by their gradients, which are zero afterwards. */
    void update(Optimizer optimizer) {
        parameters.forEach((name, parameter) -> {
            try (NDArray gradient = parameter.getGradient()) {
                optimizer.update(name, parameter, gradient);
            }
        });
    }

    long parameterCount() {
        return parameters.values().stream().mapToLong(NDArray::size).sum();
    }

    private NDArray forward(Node node, NDArray value, boolean training) {
        Layer layer = node.layer();
        if (layer instanceof InputLayer) {
            return value;
        }
        if (layer instanceof Conv2D convolution) {
            Window window = convolution.window();
            Shape stride = new Shape(window.strideHeight(), window.strideWidth());
            NDArray kernel = parameters.get(node.name() + "/kernel");
            NDArray bias = parameters.get(node.name() + "/bias");
            NDArray result = Conv2d.conv2d(value, kernel, bias, stride, padding(node, window))
                    .singletonOrThrow();
            return activate(node, result, convolution.activation());
        }
        if (layer instanceof Dense dense) {
            NDArray kernel = parameters.get(node.name() + "/kernel");
            NDArray bias = parameters.get(node.name() + "/bias");
            return activate(node, Linear.linear(value, kernel, bias).singletonOrThrow(), dense.activation());
        }
        if (layer instanceof Pooling2D pooling && pooling.pooling() == Pooling.MAX) {
            Window window = pooling.window();
            Shape size = new Shape(window.kernelHeight(), window.kernelWidth());
            Shape stride = new Shape(window.strideHeight(), window.strideWidth());
            return Pool.maxPool2d(value, size, stride, padding(node, window), false);
        }
        if (layer instanceof GlobalPooling2D pooling) {
            return pooling.pooling() == Pooling.MAX ? Pool.globalMaxPool2d(value) : Pool.globalAvgPool2d(value);
        }
        if (layer instanceof Flatten) {
            return value.reshape(value.getShape().get(0), -1);
        }
        if (layer instanceof Dropout dropout) {
            return ai.djl.nn.norm.Dropout.dropout(value, (float) dropout.rate(), training)
                    .singletonOrThrow();
        }
        throw unsupported(node);
    }

    private static NDArray activate(Node node, NDArray value, ActivationFunction function) {
        if (function.equals(ActivationFunction.RELU)) {
            return Activation.relu(value);
        }
        if (function.equals(ActivationFunction.LINEAR) || function.equals(ActivationFunction.SOFTMAX)) {
            return value;
        }
        throw unsupported(node);
    }

    private static Shape padding(Node node, Window window) {
        Pads pads = window.pads(node.inputShape());
        if (pads.top() != pads.bottom() || pads.left() != pads.right()) {
            throw unsupported(node);
        }
        return new Shape(pads.top(), pads.left());
    }

    private NDArray parameter(Node node, WeightSpec weight, Weights weights, NDManager manager) {
        FloatBuffer values = weights.values(node, weight);
        float[] keras = new float[values.remaining()];
        values.get(keras);
        if (weight.name().equals("bias")) {
            return manager.create(keras);
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray kernel = outputsFirst(node, weight, scratch.create(keras));
            return manager.create(kernel.toFloatArray(), kernel.getShape());
        }
    }

    /** Keras's kernels have their outputs last; and it flattens maps cell by cell, PyTorch channel by channel. */
    private NDArray outputsFirst(Node node, WeightSpec weight, NDArray kernel) {
        long[] sizes = weight.shape().sizes().stream().mapToLong(size -> size).toArray();
        if (node.layer() instanceof Conv2D) {
            return kernel.reshape(sizes).transpose(3, 2, 0, 1);
        }
        Node below = network.node(node.inputs().get(0));
        if (below.layer() instanceof Flatten) {
            cnn.network.Shape map = below.inputShape();
            return kernel.reshape(map.height(), map.width(), map.channels(), sizes[1])
                    .transpose(3, 2, 0, 1)
                    .reshape(sizes[1], sizes[0]);
        }
        return kernel.reshape(sizes).transpose();
    }

    private static IllegalArgumentException unsupported(Node node) {
        return new IllegalArgumentException("layer %s: no such %s in this comparison"
                .formatted(node.name(), node.layer().kerasType()));
    }
}
