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
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small networks of every layer there is, put together by chance; those of one seed are always the same. */
public final class RandomNetworks {
    private static final List<ActivationFunction> FUNCTIONS = List.of(
            ActivationFunction.LINEAR,
            ActivationFunction.RELU,
            ActivationFunction.RELU6,
            ActivationFunction.TANH,
            ActivationFunction.SIGMOID,
            ActivationFunction.SOFTMAX);
    private static final int[] CHANNELS = {1, 3, 8, 16, 20, 32};

    private final Random random;
    private final NetworkBuilder builder;
    private final List<String> maps = new ArrayList<>();

    private RandomNetworks(long seed) {
        this.random = new Random(seed);
        Shape shape = Shape.of(3 + random.nextInt(11), 3 + random.nextInt(11), 1 + random.nextInt(4));
        this.builder = Network.builder("random" + seed, "input", shape);
        maps.add("input");
    }

    public static Network network(long seed) {
        return new RandomNetworks(seed).build();
    }

    /** Weights of about the size that keeps activations near 1. */
    public static Weights weights(long seed) {
        return (node, spec) -> {
            Random random = new Random(seed * 31 + (node.name() + "/" + spec.name()).hashCode());
            float[] values = new float[(int) spec.shape().elements()];
            double scale = spec.shape().sizes().size() == 1
                    ? 0.3
                    : Math.sqrt(2.0 * node.outputShape().channels() / values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = spec.name().endsWith("variance") || spec.name().equals("gamma")
                        ? 0.5f + random.nextFloat()
                        : (float) (random.nextGaussian() * scale);
            }
            return FloatBuffer.wrap(values);
        };
    }

    public static float[] images(long seed, Network network, int images) {
        Random random = new Random(~seed);
        float[] values = new float[images * (int) network.input().outputShape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private Network build() {
        int layers = 4 + random.nextInt(12);
        for (int i = 0; i < layers; i++) {
            maps.add(
                    grow(maps.get(Math.max(0, maps.size() - 1 - random.nextInt(3) / 2 * random.nextInt(maps.size())))));
        }
        String last = maps.get(maps.size() - 1);
        // What nothing reads would not be part of the network: everything of the last one's size is added to it.
        List<String> sameSize = maps.stream()
                .filter(map -> builder.shape(map).equals(builder.shape(last)))
                .toList();
        String trunk = sameSize.size() > 1 ? add(new Add(), sameSize.toArray(String[]::new)) : last;
        return builder.build(head(trunk));
    }

    private String grow(String map) {
        int channels = CHANNELS[random.nextInt(CHANNELS.length)];
        boolean useBias = random.nextBoolean();
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> block(add(new Conv2D(channels, window(map), useBias, activation(3)), map));
            case 3, 4 ->
                block(add(new DepthwiseConv2D(window(map), 1 + random.nextInt(8) / 7, useBias, activation(3)), map));
            case 5 -> add(new Pooling2D(pooling(), undilated(window(map))), padded(map));
            case 6 -> add(norm(), map);
            case 7 -> add(new Activation(activation(6)), map);
            case 8 -> add(new Conv2D(channels, undilated(window(map)), useBias, activation(3)), padded(map));
            case 9 -> concatenate(map);
            case 10 -> residual(map);
            default -> add(new Dropout(0.5), map);
        };
    }

    /** What often follows a convolution. */
    private String block(String map) {
        String normal = random.nextBoolean() ? add(norm(), map) : map;
        return random.nextBoolean() ? add(new Activation(activation(5)), normal) : normal;
    }

    private String concatenate(String map) {
        Window one = Window.of(1 + 2 * random.nextInt(2), 1, Padding.SAME);
        int first = CHANNELS[random.nextInt(CHANNELS.length)];
        int second = CHANNELS[random.nextInt(CHANNELS.length)];
        String left = block(add(new Conv2D(first, one, true, activation(3)), map));
        String right = block(add(new Conv2D(second, one, false, activation(3)), map));
        String pool = add(new Pooling2D(pooling(), Window.of(3, 1, Padding.SAME)), map);
        return switch (random.nextInt(4)) {
            case 0 -> add(new Concatenate(), left, right);
            case 1 -> add(new Concatenate(), left, right, pool);
            case 2 -> add(new Concatenate(), add(new Concatenate(), left, right), map, map);
            default -> add(new Concatenate(), pool, left, left, right);
        };
    }

    private String residual(String map) {
        int channels = builder.shape(map).channels();
        Window window = Window.of(1 + 2 * random.nextInt(2), 1, Padding.SAME);
        String branch = add(new Conv2D(channels, window, true, ActivationFunction.LINEAR), map);
        String normal = random.nextBoolean() ? add(norm(), branch) : branch;
        String shortcut = random.nextBoolean()
                ? map
                : add(new Conv2D(channels, Window.of(1, 1, Padding.SAME), true, ActivationFunction.LINEAR), map);
        String sum = random.nextBoolean() ? add(new Add(), normal, shortcut) : add(new Add(), shortcut, normal);
        return random.nextBoolean() ? add(new Activation(ActivationFunction.RELU), sum) : sum;
    }

    private String padded(String map) {
        return random.nextBoolean()
                ? add(
                        new ZeroPadding2D(
                                new Pads(random.nextInt(3), random.nextInt(3), random.nextInt(2), random.nextInt(2))),
                        map)
                : map;
    }

    private String head(String map) {
        String vector = random.nextBoolean() ? add(new Flatten(), map) : add(new GlobalPooling2D(pooling()), map);
        int features = builder.shape(vector).channels();
        return switch (random.nextInt(4)) {
            case 0 -> add(new Dense(10, true, ActivationFunction.SOFTMAX), vector);
            case 1 -> {
                String hidden = add(new Dense(24, false, ActivationFunction.LINEAR), vector);
                String normal = add(new Activation(ActivationFunction.RELU), add(norm(), hidden));
                yield add(new Activation(activation(6)), add(new Dense(7, true, activation(5)), add(norm(), normal)));
            }
            case 2 -> {
                String cell = add(new Reshape(Shape.of(1, 1, features)), vector);
                String logits =
                        add(new Conv2D(9, Window.of(1, 1, Padding.SAME), true, ActivationFunction.LINEAR), cell);
                yield add(new Activation(ActivationFunction.SOFTMAX), add(new Reshape(Shape.of(9)), logits));
            }
            default -> vector;
        };
    }

    private Window window(String map) {
        Shape shape = builder.shape(map);
        boolean same = random.nextBoolean();
        int height = kernel(shape.height(), same);
        int width = kernel(shape.width(), same);
        int stride = 1 + random.nextInt(3) / 2;
        int dilation = same && stride == 1 ? 1 + random.nextInt(5) / 4 : 1;
        return new Window(height, width, stride, stride, dilation, dilation, same ? Padding.SAME : Padding.VALID);
    }

    private int kernel(int size, boolean same) {
        int kernel = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1 + 2 * random.nextInt(2);
        return same ? kernel : Math.min(kernel, size);
    }

    private static Window undilated(Window window) {
        return new Window(
                window.kernelHeight(),
                window.kernelWidth(),
                window.strideHeight(),
                window.strideWidth(),
                1,
                1,
                window.padding());
    }

    private Pooling pooling() {
        return random.nextBoolean() ? Pooling.MAX : Pooling.AVERAGE;
    }

    private ActivationFunction activation(int choices) {
        return FUNCTIONS.get(random.nextInt(choices));
    }

    private BatchNormalization norm() {
        return new BatchNormalization(0.99, 1e-3, random.nextBoolean(), random.nextBoolean());
    }

    private String add(Layer layer, String... inputs) {
        return builder.addUnnamed(layer.kerasType().toString(), layer, inputs);
    }

    /** Every layer's name. */
    public static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }
}
