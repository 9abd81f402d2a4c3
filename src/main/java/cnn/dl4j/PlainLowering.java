package cnn.dl4j;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.program.UnsupportedLayerException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Adds a layer as Deeplearning4j's own layers only, with a loss where it is the last one; see {@link PlainGraph}. */
final class PlainLowering extends GraphLowering {
    private final GraphBuilder graph;
    private final Network network;
    private final Node node;

    PlainLowering(GraphBuilder graph, Network network, Node node) {
        super(graph, node);
        this.graph = graph;
        this.network = network;
        this.node = node;
    }

    @Override
    public GraphBuilder dense(Dense dense) {
        if (!endsIn(dense.activation())) {
            return super.dense(dense);
        }
        OutputLayer.Builder output = new OutputLayer.Builder(loss(dense.activation()))
                .nIn(node.inputShape().channels())
                .nOut(dense.units())
                .hasBias(dense.useBias())
                .activation(function(dense.activation()));
        return graph.addLayer(node.name(), output.build(), inputs());
    }

    @Override
    public GraphBuilder activation(Activation activation) {
        if (activation.function().equals(ActivationFunction.SOFTMAX)
                && node.outputShape().isMap()) {
            throw unsupported();
        }
        // Deeplearning4j's activation overwrites the caller's own array where it is handed that.
        String input = node.inputs().get(0);
        if (input.equals(network.input().name())) {
            input = node.name() + " (copied)";
            graph.addVertex(input, new ScaleVertex(1), inputs());
        }
        if (endsIn(activation.function())) {
            LossLayer.Builder output =
                    new LossLayer.Builder(loss(activation.function())).activation(function(activation.function()));
            return graph.addLayer(node.name(), output.build(), input);
        }
        return graph.addLayer(node.name(), new ActivationLayer(function(activation.function())), input);
    }

    /** A change of form that moves no numbers but from cell by cell to channel by channel. */
    @Override
    GraphBuilder reshape() {
        Shape from = node.inputShape();
        Shape to = node.outputShape();
        if (from.equals(to)) {
            return vertex(new ScaleVertex(1));
        }
        if (from.isMap() && to.sizes().size() == 1) {
            return vertex(new PreprocessorVertex(
                    new CnnToFeedForwardPreProcessor(from.height(), from.width(), from.channels())));
        }
        if (from.sizes().size() == 1 && to.isMap() && to.height() * to.width() == 1) {
            return vertex(new PreprocessorVertex(new FeedForwardToCnnPreProcessor(1, 1, to.channels())));
        }
        throw unsupported();
    }

    /** Whether this is the network's last layer, and it ends in what Deeplearning4j has a loss for. */
    private boolean endsIn(ActivationFunction function) {
        return node.equals(network.output())
                && (function.equals(ActivationFunction.SOFTMAX) || function.equals(ActivationFunction.SIGMOID));
    }

    private static LossFunction loss(ActivationFunction function) {
        return function.equals(ActivationFunction.SOFTMAX) ? LossFunction.MCXENT : LossFunction.XENT;
    }

    private IActivation function(ActivationFunction function) {
        return function(function, Shape.of(1));
    }

    private UnsupportedLayerException unsupported() {
        return new UnsupportedLayerException("layer %s: Deeplearning4j has no layer of its own for %s from %s to %s"
                .formatted(node.name(), node.layer().kerasType(), node.inputShape(), node.outputShape()));
    }
}
