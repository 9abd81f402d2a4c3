package cnn.dl4j;

import cnn.UserError;
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
import cnn.network.InputLayer;
import cnn.network.Layer;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.nd4j.linalg.activations.IActivation;

/**
 * Adds the layers of a network to a DL4J graph, one vertex of the same name for each.
 *
 * <p>Feature maps are (images, channels, height, width) inside; what depends on it stands in {@link Layouts}. Numbers of
 * inputs and outputs are set layer by layer, so the graph needs no input types and DL4J adds nothing of its own.
 */
final class GraphLowering {
    private final GraphBuilder graph;

    GraphLowering(GraphBuilder graph) {
        this.graph = graph;
    }

    /**
     * Adds a layer; its inputs must be there already. An input layer becomes an input of the graph.
     *
     * @throws UserError if DL4J cannot compute such a layer
     */
    void add(Node node) {
        int rank = node.outputShape().sizes().size();
        if (rank != 1 && rank != 3) {
            throw unsupported(node, "an output of shape " + node.outputShape());
        }
        Layer layer = node.layer();
        if (layer instanceof InputLayer) {
            graph.addInputs(node.name());
        } else if (layer instanceof Conv2D convolution) {
            addLayer(node, convolution(node, convolution));
        } else if (layer instanceof DepthwiseConv2D convolution) {
            addLayer(node, depthwise(node, convolution));
        } else if (layer instanceof Dense dense) {
            addLayer(node, dense(node, dense));
        } else if (layer instanceof BatchNormalization norm) {
            addLayer(node, batchNormalization(node, norm));
        } else if (layer instanceof Activation activation) {
            addActivation(node, activation);
        } else if (layer instanceof ZeroPadding2D padding) {
            addLayer(node, zeroPadding(padding.pads()));
        } else if (layer instanceof Pooling2D pooling) {
            addLayer(node, pooling(node, pooling));
        } else if (layer instanceof GlobalPooling2D pooling) {
            addLayer(node, new GlobalPoolingLayer.Builder(type(pooling.pooling())).build());
        } else if (layer instanceof Add) {
            addVertex(node, new ElementWiseVertex(ElementWiseVertex.Op.Add));
        } else if (layer instanceof Concatenate) {
            addVertex(node, new MergeVertex());
        } else if (layer instanceof Flatten || layer instanceof Reshape) {
            addVertex(node, new PreprocessorVertex(NhwcReshape.of(node.inputShape(), node.outputShape())));
        } else if (layer instanceof Dropout dropout) {
            // DL4J's number is the share that stays.
            addLayer(node, new DropoutLayer.Builder(1 - dropout.rate()).build());
        } else {
            throw unsupported(node, layer.kerasType());
        }
    }

    private void addLayer(Node node, org.deeplearning4j.nn.conf.layers.Layer layer) {
        graph.addLayer(node.name(), layer, node.inputs().toArray(String[]::new));
    }

    private void addActivation(Node node, Activation activation) {
        ActivationLayer layer = new ActivationLayer(function(activation.function(), node.outputShape()));
        graph.addLayer(node.name(), layer, new Copied(), node.inputs().toArray(String[]::new));
    }

    private void addVertex(Node node, org.deeplearning4j.nn.conf.graph.GraphVertex vertex) {
        graph.addVertex(node.name(), vertex, node.inputs().toArray(String[]::new));
    }

    private static ConvolutionLayer convolution(Node node, Conv2D convolution) {
        Window window = convolution.window();
        return new ConvolutionLayer.Builder(window.kernelHeight(), window.kernelWidth())
                .stride(window.strideHeight(), window.strideWidth())
                .dilation(window.dilationHeight(), window.dilationWidth())
                .convolutionMode(mode(window))
                .nIn(node.inputShape().channels())
                .nOut(convolution.filters())
                .hasBias(convolution.useBias())
                .activation(function(convolution.activation(), node.outputShape()))
                .build();
    }

    private static DepthwiseConvolution2D depthwise(Node node, DepthwiseConv2D convolution) {
        Window window = convolution.window();
        DepthwiseConvolution2D.Builder builder =
                new DepthwiseConvolution2D.Builder(window.kernelHeight(), window.kernelWidth());
        return builder.depthMultiplier(convolution.depthMultiplier())
                .stride(window.strideHeight(), window.strideWidth())
                .dilation(window.dilationHeight(), window.dilationWidth())
                .convolutionMode(mode(window))
                .nIn(node.inputShape().channels())
                .nOut(node.outputShape().channels())
                .hasBias(convolution.useBias())
                .activation(function(convolution.activation(), node.outputShape()))
                .build();
    }

    private static DenseLayer dense(Node node, Dense dense) {
        return new DenseLayer.Builder()
                .nIn(node.inputShape().channels())
                .nOut(dense.units())
                .hasBias(dense.useBias())
                .activation(function(dense.activation(), node.outputShape()))
                .build();
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

    private static ZeroPaddingLayer zeroPadding(Pads pads) {
        return new ZeroPaddingLayer.Builder(pads.top(), pads.bottom(), pads.left(), pads.right()).build();
    }

    private static SubsamplingLayer pooling(Node node, Pooling2D pooling) {
        Window window = pooling.window();
        if (window.dilationHeight() > 1 || window.dilationWidth() > 1) {
            throw unsupported(node, "pooling with dilation");
        }
        return new SubsamplingLayer.Builder(window.kernelHeight(), window.kernelWidth())
                .poolingType(type(pooling.pooling()))
                .stride(window.strideHeight(), window.strideWidth())
                .convolutionMode(mode(window))
                .build();
    }

    private static ConvolutionMode mode(Window window) {
        return window.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    private static PoolingType type(Pooling pooling) {
        return pooling == Pooling.MAX ? PoolingType.MAX : PoolingType.AVG;
    }

    static IActivation function(ActivationFunction function, Shape shape) {
        return switch (function) {
            case LINEAR -> org.nd4j.linalg.activations.Activation.IDENTITY.getActivationFunction();
            case RELU -> org.nd4j.linalg.activations.Activation.RELU.getActivationFunction();
            case RELU6 -> org.nd4j.linalg.activations.Activation.RELU6.getActivationFunction();
            case TANH -> org.nd4j.linalg.activations.Activation.TANH.getActivationFunction();
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID.getActivationFunction();
            case SOFTMAX ->
                shape.isMap()
                        ? new ChannelSoftmax()
                        : org.nd4j.linalg.activations.Activation.SOFTMAX.getActivationFunction();
        };
    }

    private static UserError unsupported(Node node, String what) {
        return UserError.data("layer " + node.name() + ": Deeplearning4j cannot compute " + what);
    }
}
