package cnn.dl4j;

import cnn.network.Channels;
import cnn.network.ChannelsFirst;
import cnn.network.Conv2DTranspose;
import cnn.network.Cropping2D;
import cnn.network.Dot;
import cnn.network.GroupNormalization;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.LayerVisitor;
import cnn.network.Merge;
import cnn.network.Noise;
import cnn.network.Normalization;
import cnn.network.PReLU;
import cnn.network.PassThrough;
import cnn.network.Permute;
import cnn.network.Rescaling;
import cnn.network.ScaledSum;
import cnn.network.SeparableConv2D;
import cnn.network.Softmax;
import cnn.network.UpSampling2D;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** A layer of a kind that Deeplearning4j has no layer for: refused by name. */
abstract class RefusedLayers implements LayerVisitor<GraphBuilder> {

    /** Throws what says that there is no such layer. */
    abstract GraphBuilder refuse();

    @Override
    public GraphBuilder separableConv2D(SeparableConv2D layer) {
        return refuse();
    }

    @Override
    public GraphBuilder conv2DTranspose(Conv2DTranspose layer) {
        return refuse();
    }

    @Override
    public GraphBuilder layerNormalization(LayerNormalization layer) {
        return refuse();
    }

    @Override
    public GraphBuilder groupNormalization(GroupNormalization layer) {
        return refuse();
    }

    @Override
    public GraphBuilder normalization(Normalization layer) {
        return refuse();
    }

    @Override
    public GraphBuilder rescaling(Rescaling layer) {
        return refuse();
    }

    @Override
    public GraphBuilder layerScale(LayerScale layer) {
        return refuse();
    }

    @Override
    public GraphBuilder prelu(PReLU layer) {
        return refuse();
    }

    @Override
    public GraphBuilder softmax(Softmax layer) {
        return refuse();
    }

    @Override
    public GraphBuilder cropping2D(Cropping2D layer) {
        return refuse();
    }

    @Override
    public GraphBuilder upSampling2D(UpSampling2D layer) {
        return refuse();
    }

    @Override
    public GraphBuilder channels(Channels layer) {
        return refuse();
    }

    @Override
    public GraphBuilder merge(Merge layer) {
        return refuse();
    }

    @Override
    public GraphBuilder scaledSum(ScaledSum layer) {
        return refuse();
    }

    @Override
    public GraphBuilder dot(Dot layer) {
        return refuse();
    }

    @Override
    public GraphBuilder permute(Permute layer) {
        return refuse();
    }

    @Override
    public GraphBuilder noise(Noise layer) {
        return refuse();
    }

    @Override
    public GraphBuilder passThrough(PassThrough layer) {
        return refuse();
    }

    @Override
    public GraphBuilder channelsFirst(ChannelsFirst layer) {
        return refuse();
    }
}
