package cnn.dl4j;

import cnn.network.Add;
import cnn.network.Concatenate;
import cnn.network.Cropping2D;
import cnn.network.Dropout;
import cnn.network.GlobalPooling2D;
import cnn.network.Merge;
import cnn.network.Node;
import cnn.network.Noise;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.PassThrough;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Rescaling;
import cnn.network.Scalar;
import cnn.network.UpSampling2D;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.program.UnsupportedLayerException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** Adds layers that have no weights, as far as Deeplearning4j has them. */
abstract class WeightlessLowering extends RefusedLayers {
    private final Node node;

    WeightlessLowering(Node node) {
        this.node = node;
    }

    /** Adds a layer under the node's name. */
    abstract GraphBuilder layer(Layer layer);

    /** Adds a vertex under the node's name. */
    abstract GraphBuilder vertex(GraphVertex vertex);

    /** What says that {@code what} cannot be computed. */
    abstract UnsupportedLayerException unsupported(String what);

    @Override
    public final GraphBuilder zeroPadding2D(ZeroPadding2D padding) {
        Pads pads = padding.pads();
        return layer(new ZeroPaddingLayer.Builder(pads.top(), pads.bottom(), pads.left(), pads.right()).build());
    }

    @Override
    public final GraphBuilder pooling2D(Pooling2D pooling) {
        Window window = pooling.window();
        if (window.dilationHeight() > 1 || window.dilationWidth() > 1) {
            throw unsupported("pooling with dilation");
        }
        return layer(new SubsamplingLayer.Builder(window.kernelHeight(), window.kernelWidth())
                .poolingType(type(pooling.pooling()))
                .stride(window.strideHeight(), window.strideWidth())
                .convolutionMode(mode(window))
                .build());
    }

    @Override
    public final GraphBuilder globalPooling2D(GlobalPooling2D pooling) {
        return layer(new GlobalPoolingLayer.Builder(type(pooling.pooling()))
                .collapseDimensions(!pooling.keepDimensions())
                .build());
    }

    @Override
    public final GraphBuilder add(Add add) {
        if (node.inputShapes().stream().distinct().count() > 1) {
            throw unsupported("a sum of different shapes");
        }
        return vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add));
    }

    @Override
    public final GraphBuilder concatenate(Concatenate concatenate) {
        int rank = node.outputShape().sizes().size();
        if (concatenate.place(rank) != rank - 1) {
            throw unsupported("concatenation along axis " + concatenate.axis());
        }
        return vertex(new MergeVertex());
    }

    @Override
    public final GraphBuilder dropout(Dropout dropout) {
        // DL4J's number is the share that stays.
        return layer(new DropoutLayer.Builder(1 - dropout.rate()).build());
    }

    private static PoolingType type(Pooling pooling) {
        return pooling == Pooling.MAX ? PoolingType.MAX : PoolingType.AVG;
    }

    @Override
    public final GraphBuilder cropping2D(Cropping2D cropping) {
        Pads sides = cropping.sides();
        return layer(new org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D.Builder(
                        sides.top(), sides.bottom(), sides.left(), sides.right())
                .build());
    }

    @Override
    public final GraphBuilder upSampling2D(UpSampling2D sampling) {
        if (sampling.bilinear()) {
            throw unsupported("bilinear upsampling");
        }
        return layer(new Upsampling2D.Builder()
                .size(new int[] {sampling.height(), sampling.width()})
                .build());
    }

    @Override
    public final GraphBuilder merge(Merge merge) {
        requireOneShape("merging of different shapes");
        return vertex(new ElementWiseVertex(
                switch (merge.operation()) {
                    case SUBTRACT -> ElementWiseVertex.Op.Subtract;
                    case MULTIPLY -> ElementWiseVertex.Op.Product;
                    case AVERAGE -> ElementWiseVertex.Op.Average;
                    case MAXIMUM -> ElementWiseVertex.Op.Max;
                    case MINIMUM, DIVIDE -> throw unsupported("layers of type " + merge.kerasType());
                }));
    }

    @Override
    public final GraphBuilder rescaling(Rescaling rescaling) {
        Scalar same = rescaling.single().orElseThrow(() -> unsupported("a rescaling by channels"));
        if (same.beta() != 0 && same.alpha() != 1) {
            throw unsupported("a rescaling with an offset");
        }
        return vertex(same.beta() == 0 ? new ScaleVertex(same.alpha()) : new ShiftVertex(same.beta()));
    }

    @Override
    public final GraphBuilder noise(Noise noise) {
        double kept = 1 - noise.amount();
        return layer(new DropoutLayer.Builder(
                        switch (noise.kind()) {
                            case SPATIAL_DROPOUT -> new SpatialDropout(kept);
                            case GAUSSIAN_NOISE -> new GaussianNoise(noise.amount());
                            case GAUSSIAN_DROPOUT -> new GaussianDropout(noise.amount());
                            case ALPHA_DROPOUT -> new AlphaDropout(kept);
                        })
                .build());
    }

    @Override
    public final GraphBuilder passThrough(PassThrough layer) {
        return vertex(new ScaleVertex(1));
    }

    private void requireOneShape(String otherwise) {
        if (node.inputShapes().stream().distinct().count() > 1) {
            throw unsupported(otherwise);
        }
    }

    static ConvolutionMode mode(Window window) {
        return window.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }
}
