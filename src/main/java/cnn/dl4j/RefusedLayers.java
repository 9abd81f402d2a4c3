package cnn.dl4j;

import cnn.network.Channels;
import cnn.network.ChannelsFirst;
import cnn.network.Conv2DTranspose;
import cnn.network.Dot;
import cnn.network.GroupNormalization;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.LayerVisitor;
import cnn.network.Normalization;
import cnn.network.PReLU;
import cnn.network.Permute;
import cnn.network.ScaledSum;
import cnn.network.SeparableConv2D;
import cnn.network.Softmax;
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
    public GraphBuilder channels(Channels layer) {
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
    public GraphBuilder channelsFirst(ChannelsFirst layer) {
        return refuse();
    }
}
