package cnn.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Gradients through the vertices that are not DL4J's own, against differences of the loss in float64. */
class GraphGradientTest {
    private static final double STEP = 1e-6;
    private static final int IMAGES = 4;

    @Test
    void flattenReshapeActivationAndChannelSoftmaxPassGradientsOn() {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(2, 1, 3));
        Window one = Window.of(1, 1, Padding.SAME);
        String x = builder.add("conv", new Conv2D(2, one, true, ActivationFunction.LINEAR), "input");
        x = builder.add("softmax", new Activation(ActivationFunction.SOFTMAX), x);
        x = builder.add("again", new Conv2D(3, one, true, ActivationFunction.TANH), x);
        x = builder.add("reshape", new Reshape(Shape.of(1, 3, 2)), x);
        x = builder.add("sigmoid", new Activation(ActivationFunction.SIGMOID), x);
        x = builder.add("last", new Conv2D(2, one, true, ActivationFunction.LINEAR), x);
        x = builder.add("flatten", new Flatten(), x);
        Network network = builder.build(builder.add("dense", new Dense(2, true, ActivationFunction.LINEAR), x));

        ComputationGraph graph = graph(network);
        graph.setInputs(Nd4j.rand(DataType.DOUBLE, IMAGES, 3, 2, 1));
        graph.setLabels(Nd4j.rand(DataType.DOUBLE, IMAGES, 2));
        graph.computeGradientAndScore();
        // The score is a mean over the batch; the gradient is a sum, which DL4J divides only when it updates.
        INDArray gradient = graph.gradient().gradient().div(IMAGES);
        INDArray parameters = graph.params();
        for (long i = 0; i < parameters.length(); i++) {
            double value = parameters.getDouble(i);
            double slope = (score(graph, i, value + STEP) - score(graph, i, value - STEP)) / (2 * STEP);
            parameters.putScalar(i, value);
            assertThat(gradient.getDouble(i)).as("parameter %d", i).isCloseTo(slope, within(1e-7));
        }
        assertThat(gradient.ameanNumber().doubleValue()).isGreaterThan(1e-3);
        assertThat(parameters.length()).isEqualTo(network.parameters());
    }

    private static double score(ComputationGraph graph, long index, double value) {
        graph.params().putScalar(index, value);
        graph.computeGradientAndScore();
        return graph.score();
    }

    private static ComputationGraph graph(Network network) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(7)
                .graphBuilder();
        network.nodes().forEach(node -> GraphLowering.add(builder, node));
        LossLayer loss = new LossLayer.Builder(LossFunction.MSE)
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build();
        builder.addLayer("loss", loss, network.output().name()).setOutputs("loss");
        Nd4j.getRandom().setSeed(7);
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }
}
