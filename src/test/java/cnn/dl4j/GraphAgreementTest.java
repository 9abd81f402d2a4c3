package cnn.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.onednn.OneDnn;
import cnn.program.BatchResult;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.program.Sgd;
import cnn.program.TrainableNetwork;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The engine's gradients against those of Deeplearning4j's own layers. */
class GraphAgreementTest {
    private static final int CLASSES = 3;
    private static final int[] TARGETS = {2, 0, 1, 1};
    private static final float[] ONES = {1, 1, 1, 1};
    private static final double TOLERANCE = 1e-5;
    /** So large that the weights of before are lost in a step's result, which is the gradient then. */
    private static final double RATE = 1 << 24;

    /** Puts layers on an input and returns the last one's name. */
    @FunctionalInterface
    private interface Body {
        String build(NetworkBuilder builder);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                body("convolutions, same, strided", builder -> {
                    String x = conv(builder, "a", 8, Window.of(3, 1, Padding.SAME), "input");
                    x = conv(builder, "b", 16, Window.of(3, 2, Padding.SAME), x);
                    return conv(builder, "c", 5, Window.of(2, 1, Padding.SAME), x);
                }),
                body("convolutions, valid, strided", builder -> {
                    String x = conv(builder, "a", 16, Window.of(3, 2, Padding.VALID), "input");
                    return conv(builder, "b", 6, new Window(1, 3, 1, 2, 1, 1, Padding.VALID), x);
                }),
                body("dilated convolutions", builder -> {
                    String x = conv(builder, "a", 4, new Window(3, 3, 1, 1, 2, 2, Padding.SAME), "input");
                    return conv(builder, "b", 16, new Window(3, 2, 1, 1, 2, 3, Padding.VALID), x);
                }),
                body("depthwise convolutions", builder -> {
                    String x = conv(builder, "a", 16, Window.of(1, 1, Padding.SAME), "input");
                    x = depthwise(builder, "b", 1, Window.of(3, 1, Padding.SAME), x);
                    x = depthwise(builder, "c", 1, Window.of(3, 2, Padding.SAME), x);
                    return depthwise(builder, "d", 2, Window.of(3, 1, Padding.VALID), x);
                }),
                body("maxima", builder -> {
                    String x = conv(builder, "a", 16, Window.of(3, 1, Padding.SAME), "input");
                    x = builder.add("max", new Pooling2D(Pooling.MAX, Window.of(3, 2, Padding.SAME)), x);
                    x = conv(builder, "b", 7, Window.of(3, 1, Padding.SAME), x);
                    return builder.add("max_1", new Pooling2D(Pooling.MAX, Window.of(2, 2, Padding.VALID)), x);
                }),
                body("means", builder -> {
                    String x = conv(builder, "a", 16, Window.of(3, 1, Padding.SAME), "input");
                    x = builder.add("mean", new Pooling2D(Pooling.AVERAGE, Window.of(3, 1, Padding.VALID)), x);
                    x = conv(builder, "b", 7, Window.of(3, 1, Padding.SAME), x);
                    return builder.add("mean_1", new Pooling2D(Pooling.AVERAGE, Window.of(2, 2, Padding.VALID)), x);
                }),
                body("sums and joins", builder -> {
                    String x = conv(builder, "a", 16, Window.of(3, 1, Padding.SAME), "input");
                    String left = conv(builder, "b", 16, Window.of(3, 1, Padding.SAME), x);
                    String sum = builder.add("sum", new Add(), x, left);
                    String right = conv(builder, "c", 5, Window.of(1, 1, Padding.SAME), sum);
                    String joined = builder.add("join", new Concatenate(), right, sum, x);
                    return conv(builder, "d", 8, Window.of(3, 2, Padding.SAME), joined);
                }),
                body("global mean", builder -> {
                    String x = conv(builder, "a", 11, Window.of(3, 1, Padding.SAME), "input");
                    x = builder.add("global", new GlobalPooling2D(Pooling.AVERAGE), x);
                    return builder.add("dense", new Dense(9, true, ActivationFunction.RELU), x);
                }),
                body("dense layers", builder -> {
                    String x = builder.add("flat", new Flatten(), "input");
                    x = builder.add("dense", new Dense(33, true, ActivationFunction.TANH), x);
                    return builder.add("dense_1", new Dense(16, true, ActivationFunction.SIGMOID), x);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void gradientsOfAllWeightsAgree(String name, Body body) {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(9, 8, 3));
        String last = body.build(builder);
        if (builder.shape(last).isMap()) {
            last = builder.add("flatten", new Flatten(), last);
        }
        Network network =
                builder.build(builder.add("classes", new Dense(CLASSES, true, ActivationFunction.SOFTMAX), last));
        Random random = new Random(name.hashCode());
        float[] nhwc =
                new float[TARGETS.length * (int) network.input().outputShape().elements()];
        for (int i = 0; i < nhwc.length; i++) {
            nhwc[i] = (float) random.nextGaussian();
        }
        Weights weights = GraphAgreementTest::values;
        ComputationGraph graph = graph(network, weights);
        graph.setInputs(Layouts.fromNhwc(
                FloatBuffer.wrap(nhwc), TARGETS.length, network.input().outputShape()));
        INDArray labels = Nd4j.zeros(TARGETS.length, CLASSES);
        for (int i = 0; i < TARGETS.length; i++) {
            labels.putScalar(i, TARGETS[i], 1);
        }
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        Set<String> all = network.nodes().stream().map(Node::name).collect(Collectors.toSet());
        TrainingSetup setup =
                new TrainingSetup(all, Set.of(), Optimizer.of(new Sgd(0, false), RATE), TARGETS.length, 1);
        try (TrainableNetwork trained = new OneDnn(Precision.FP32).trainable(network, weights, setup)) {
            BatchResult result = trained.train(FloatBuffer.wrap(nhwc), TARGETS, ONES, TARGETS.length);
            assertThat(result.lossSum() / TARGETS.length).isCloseTo(graph.score(), within(1e-5));
            Weights after = trained.weights();
            for (Node node : network.nodes()) {
                for (WeightSpec weight : node.weights()) {
                    compare(node, weight, weights, after, graph);
                }
            }
        } finally {
            graph.close();
        }
    }

    private static void compare(Node node, WeightSpec weight, Weights before, Weights after, ComputationGraph graph) {
        String parameter = node.name() + (weight.name().equals("bias") ? "_b" : "_W");
        INDArray theirs = graph.gradient().gradientForVariable().get(parameter);
        boolean isConvolution = node.layer() instanceof Conv2D && !weight.name().equals("bias");
        // Deeplearning4j adds up over the batch, and divides only when it updates.
        float[] expected = (isConvolution ? Layouts.asHwio(theirs) : theirs)
                .dup('c')
                .divi(TARGETS.length)
                .data()
                .asFloat();
        double most = 0;
        for (float value : expected) {
            most = Math.max(most, Math.abs(value));
        }
        assertThat(most).as(parameter).isGreaterThan(1e-4);
        FloatBuffer from = before.values(node, weight);
        FloatBuffer to = after.values(node, weight);
        assertThat(to.remaining()).as(parameter).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            double gradient = ((double) from.get(i) - to.get(i)) / RATE;
            assertThat(gradient).as("%s, %d", parameter, i).isCloseTo(expected[i], within(TOLERANCE * most));
        }
    }

    private static ComputationGraph graph(Network network, Weights weights) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().graphBuilder();
        for (Node node : network.nodes()) {
            if (!node.equals(network.output())) {
                GraphLowering.add(builder, node);
            }
        }
        OutputLayer output = new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(network.output().inputShape().channels())
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
        builder.addLayer("classes", output, network.output().inputs().get(0)).setOutputs("classes");
        ComputationGraph graph = GraphWeights.unset(builder.build());
        network.nodes().forEach(node -> GraphWeights.set(graph, node, weights));
        return graph;
    }

    /** Numbers of about the size that keeps activations near 1. */
    private static FloatBuffer values(Node node, WeightSpec weight) {
        Random random = new Random((node.name() + "/" + weight.name()).hashCode());
        float[] values = new float[(int) weight.shape().elements()];
        double scale = weight.name().equals("bias")
                ? 0.1
                : Math.sqrt(2.0 * node.outputShape().channels() / values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return FloatBuffer.wrap(values);
    }

    private static String conv(NetworkBuilder builder, String name, int filters, Window window, String input) {
        return builder.add(name, new Conv2D(filters, window, true, ActivationFunction.RELU), input);
    }

    private static String depthwise(NetworkBuilder builder, String name, int multiplier, Window window, String input) {
        return builder.add(name, new DepthwiseConv2D(window, multiplier, true, ActivationFunction.TANH), input);
    }

    private static Arguments body(String name, Body body) {
        return Arguments.of(name, body);
    }
}
