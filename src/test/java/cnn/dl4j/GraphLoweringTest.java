package cnn.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.program.UnsupportedLayerException;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphLoweringTest {

    @ParameterizedTest
    @CsvSource({"vgg16, 138357544", "resnet50, 25636712", "inception-v3, 23851784", "mobilenet, 4253864"})
    void graphsHaveAsManyParametersAsKeras(String model, long parameters) {
        Network network = Zoo.named(model).network(options(model));
        assertThat(network.parameters()).isEqualTo(parameters);
        long constants =
                network.nodes().stream().mapToLong(GraphLoweringTest::constants).sum();
        assertThat(GraphWeights.parameters(configuration(network))).isEqualTo(parameters + constants);
        assertThat(constants).isEqualTo(model.equals("inception-v3") ? 17216 : 0);
    }

    @Test
    void configurationsSurviveBeingSaved() {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(4));
        builder.add("map", new Reshape(Shape.of(2, 1, 2)), "input");
        Network network = builder.build(builder.add("softmax", new Activation(ActivationFunction.SOFTMAX), "map"));
        ComputationGraphConfiguration saved = configuration(network);
        assertThat(ComputationGraphConfiguration.fromJson(saved.toJson())).isEqualTo(saved);
    }

    @Test
    void saysWhatItCannotCompute() {
        Shape map = Shape.of(5, 5, 1);
        Window dilated = new Window(2, 2, 1, 1, 2, 2, Padding.VALID);
        NetworkBuilder pooling = Network.builder("test", "input", map);
        Network dilatedPooling = pooling.build(pooling.add("pool", new Pooling2D(Pooling.MAX, dilated), "input"));
        assertThatThrownBy(() -> configuration(dilatedPooling))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessage("layer pool: Deeplearning4j cannot compute pooling with dilation");
        NetworkBuilder reshape = Network.builder("test", "input", map);
        Network matrix = reshape.build(reshape.add("matrix", new Reshape(Shape.of(5, 5)), "input"));
        assertThatThrownBy(() -> configuration(matrix))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessage("layer matrix: Deeplearning4j cannot compute an output of shape (5, 5)");
    }

    private static Options options(String model) {
        int size = Zoo.named(model).inputSize();
        return Options.withTop(size, size);
    }

    /** Gammas or betas that Keras does not have. */
    private static long constants(Node node) {
        return node.layer() instanceof BatchNormalization norm && norm.center() != norm.scale()
                ? node.outputShape().channels()
                : 0;
    }

    private static ComputationGraphConfiguration configuration(Network network) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().graphBuilder();
        network.nodes().forEach(node -> GraphLowering.add(builder, node));
        return builder.setOutputs(network.output().name()).build();
    }
}
