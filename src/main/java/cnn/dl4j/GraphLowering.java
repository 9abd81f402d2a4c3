package cnn.dl4j;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Flatten;
import cnn.network.InputLayer;
import cnn.network.Node;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.program.UnsupportedLayerException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;

/**
 * Adds one layer of a network to a DL4J graph, as a vertex of the same name; its inputs must be there already. An input
 * layer becomes an input of the graph. All methods throw {@link
 * UnsupportedLayerException} if DL4J cannot compute such a layer.
 *
 * <p>Feature maps are (images, channels, height, width) inside; what depends on it stands in {@link Layouts}. Numbers of
 * inputs and outputs are set layer by layer, so the graph needs no input types and DL4J adds nothing of its own.
 */
class GraphLowering extends WeightlessLowering {
    private final GraphBuilder graph;
    private final Node node;

    GraphLowering(GraphBuilder graph, Node node) {
        super(node);
        this.graph = graph;
        this.node = node;
    }

    /** Adds {@code node} to {@code graph}. */
    static void add(GraphBuilder graph, Node node) {
        node.layer().accept(new GraphLowering(graph, node));
    }

    @Override
    public GraphBuilder inputLayer(InputLayer input) {
        requireMapOrVector();
        return graph.addInputs(node.name());
    }

    @Override
    public GraphBuilder conv2D(Conv2D convolution) {
        if (convolution.groups() > 1) {
            throw unsupported(node, "a convolution in groups");
        }
        Window window = convolution.window();
        return layer(new ConvolutionLayer.Builder(window.kernelHeight(), window.kernelWidth())
                .stride(window.strideHeight(), window.strideWidth())
                .dilation(window.dilationHeight(), window.dilationWidth())
                .convolutionMode(mode(window))
                .nIn(node.inputShape().channels())
                .nOut(convolution.filters())
                .hasBias(convolution.useBias())
                .activation(function(convolution.activation(), node.outputShape()))
                .build());
    }

    @Override
    public GraphBuilder depthwiseConv2D(DepthwiseConv2D convolution) {
        Window window = convolution.window();
        DepthwiseConvolution2D.Builder builder =
                new DepthwiseConvolution2D.Builder(window.kernelHeight(), window.kernelWidth());
        return layer(builder.depthMultiplier(convolution.depthMultiplier())
                .stride(window.strideHeight(), window.strideWidth())
                .dilation(window.dilationHeight(), window.dilationWidth())
                .convolutionMode(mode(window))
                .nIn(node.inputShape().channels())
                .nOut(node.outputShape().channels())
                .hasBias(convolution.useBias())
                .activation(function(convolution.activation(), node.outputShape()))
                .build());
    }

    @Override
    public GraphBuilder dense(Dense dense) {
        if (node.inputShape().sizes().size() > 1) {
            throw unsupported(node, "a dense layer on maps");
        }
        return layer(new DenseLayer.Builder()
                .nIn(node.inputShape().channels())
                .nOut(dense.units())
                .hasBias(dense.useBias())
                .activation(function(dense.activation(), node.outputShape()))
                .build());
    }

    @Override
    public GraphBuilder batchNormalization(BatchNormalization norm) {
        return layer(batchNormalization(node, norm));
    }

    @Override
    public GraphBuilder activation(Activation activation) {
        requireMapOrVector();
        ActivationLayer layer = new ActivationLayer(function(activation.function(), node.outputShape()));
        return graph.addLayer(node.name(), layer, new Copied(), inputs());
    }

    @Override
    public GraphBuilder flatten(Flatten flatten) {
        return reshape();
    }

    @Override
    public GraphBuilder reshape(Reshape reshape) {
        return reshape();
    }

    @Override
    final GraphBuilder refuse() {
        throw unsupported(node, "layers of type " + node.layer().kerasType());
    }

    /** Flattening, or any other change of shape. */
    GraphBuilder reshape() {
        return vertex(new PreprocessorVertex(NhwcReshape.of(node.inputShape(), node.outputShape())));
    }

    @Override
    final GraphBuilder layer(Layer layer) {
        requireMapOrVector();
        return graph.addLayer(node.name(), layer, inputs());
    }

    @Override
    final GraphBuilder vertex(GraphVertex vertex) {
        requireMapOrVector();
        return graph.addVertex(node.name(), vertex, inputs());
    }

    final String[] inputs() {
        return node.inputs().toArray(String[]::new);
    }

    private void requireMapOrVector() {
        int rank = node.outputShape().sizes().size();
        if (rank != 1 && rank != 3) {
            throw unsupported(node, "an output of shape " + node.outputShape());
        }
    }

    /**
     * DL4J knows batch norms with both gamma and beta or with neither. Where Keras has only one, the other is a parameter
     * too, at 1 or 0; see {@link GraphWeights}.
     */
    private static org.deeplearning4j.nn.conf.layers.BatchNormalization batchNormalization(
            Node node, BatchNormalization norm) {
        return new org.deeplearning4j.nn.conf.layers.BatchNormalization.Builder()
                .nIn(node.inputShape().channels())
                .nOut(node.outputShape().channels())
                .decay(norm.momentum())
                .eps(norm.epsilon())
                .lockGammaBeta(!norm.center() && !norm.scale())
                .useLogStd(false)
                .build();
    }

    final IActivation function(ActivationFunction function, Shape shape) {
        return Activations.of(function, shape).orElseThrow(() -> unsupported(node, "activation " + function.name()));
    }

    @Override
    final UnsupportedLayerException unsupported(String what) {
        return unsupported(node, what);
    }

    private static UnsupportedLayerException unsupported(Node node, String what) {
        return new UnsupportedLayerException("layer %s: Deeplearning4j cannot compute %s".formatted(node.name(), what));
    }
}
