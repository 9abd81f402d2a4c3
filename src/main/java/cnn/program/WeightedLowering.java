package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Conv2DTranspose;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.GlobalPooling2D;
import cnn.network.GroupNormalization;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.LayerVisitor;
import cnn.network.Node;
import cnn.network.Normalization;
import cnn.network.PReLU;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.SeparableConv2D;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Window;
import java.util.List;
import java.util.Optional;

/** The steps of layers that have weights or a window. */
abstract class WeightedLowering implements LayerVisitor<LayerSteps> {
    Node node;
    LayerSteps steps;
    /** The name of the layer's value. */
    String target;

    /** The values that the layer takes. */
    abstract List<String> sources();

    final String source() {
        return sources().get(0);
    }

    @Override
    public final LayerSteps conv2D(Conv2D convolution) {
        return convolve(convolution.window(), convolution.activation());
    }

    @Override
    public final LayerSteps depthwiseConv2D(DepthwiseConv2D convolution) {
        return convolve(convolution.window(), convolution.activation());
    }

    @Override
    public final LayerSteps separableConv2D(SeparableConv2D convolution) {
        List<WeightSpec> weights = node.weights();
        String middle = steps.inner("depthwise", convolution.middle(node.inputShape()));
        Pads pads = convolution.window().pads(node.inputShape());
        Kernel depthwise = new Kernel(node, weights.get(0), Optional.empty(), convolution.window(), List.of());
        Kernel pointwise =
                Kernel.point(node, weights.get(1), weights.stream().skip(2).findFirst());
        steps.add(new Step.Convolve(depthwise, source(), pads, Epilogue.NONE, middle));
        return steps.weighted(
                new Step.Convolve(pointwise, middle, Pads.NONE, Epilogue.NONE, target), convolution.activation());
    }

    @Override
    public final LayerSteps conv2DTranspose(Conv2DTranspose convolution) {
        Pads cut = convolution.cut(node.inputShape(), node.outputShape());
        Kernel kernel = Kernel.of(node, convolution.window());
        return steps.weighted(
                new Step.Convolve(kernel, source(), cut, Epilogue.NONE, target), convolution.activation());
    }

    @Override
    public final LayerSteps dense(Dense dense) {
        Kernel kernel = Kernel.of(node);
        if (kernel.isDense()) {
            return steps.weighted(new Step.Multiply(kernel, source(), Epilogue.NONE, target), dense.activation());
        }
        return node.inputShape().isMap()
                ? steps.weighted(
                        new Step.Convolve(kernel, source(), Pads.NONE, Epilogue.NONE, target), dense.activation())
                : steps.denseOnRows(source(), kernel, dense.activation());
    }

    @Override
    public final LayerSteps batchNormalization(BatchNormalization norm) {
        return steps.add(new Step.Normalize(new Norm(node, norm), source(), target));
    }

    @Override
    public final LayerSteps layerNormalization(LayerNormalization norm) {
        return steps.add(new Cellwise.NormalizeCells(Optional.of(node), norm.epsilon(), source(), target));
    }

    @Override
    public final LayerSteps groupNormalization(GroupNormalization norm) {
        return steps.groupNorm(norm, source());
    }

    @Override
    public final LayerSteps normalization(Normalization norm) {
        return steps.add(new Pointwise.Affine(node, norm, source(), target));
    }

    @Override
    public final LayerSteps layerScale(LayerScale scale) {
        Kernel factors = Kernel.factors(node, node.weights().get(0), Optional.empty());
        return steps.onMap(source(), map -> new Step.Convolve(factors, map, Pads.NONE, Epilogue.NONE, target));
    }

    @Override
    public final LayerSteps prelu(PReLU prelu) {
        return steps.add(new Pointwise.Slope(node, node.weights().get(0), source(), target));
    }

    @Override
    public final LayerSteps pooling2D(Pooling2D pooling) {
        return pool(pooling.pooling(), pooling.window());
    }

    @Override
    public final LayerSteps globalPooling2D(GlobalPooling2D pooling) {
        Shape map = node.inputShape();
        return pool(pooling.pooling(), new Window(map.height(), map.width(), 1, 1, 1, 1, Padding.VALID));
    }

    private LayerSteps pool(Pooling pooling, Window window) {
        return steps.add(new Step.Pool(pooling, window, window.pads(node.inputShape()), false, source(), target));
    }

    private LayerSteps convolve(Window window, ActivationFunction activation) {
        Kernel kernel = Kernel.of(node, window);
        Pads pads = window.pads(node.inputShape());
        return steps.weighted(new Step.Convolve(kernel, source(), pads, Epilogue.NONE, target), activation);
    }
}
