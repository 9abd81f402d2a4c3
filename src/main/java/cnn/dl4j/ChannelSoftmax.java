package cnn.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SoftmaxBp;
import org.nd4j.linalg.factory.Nd4j;

/** Softmax over the channels of a map (images, channels, height, width); ND4J's own runs over the innermost axis. */
final class ChannelSoftmax extends BaseActivationFunction {
    private static final long serialVersionUID = 1L;
    private static final int CHANNELS = 1;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return Nd4j.exec(new SoftMax(in, in, CHANNELS))[0];
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        assertShape(in, epsilon);
        INDArray gradient = Nd4j.exec(new SoftmaxBp(in, epsilon, in, CHANNELS))[0];
        return new Pair<>(gradient, null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelSoftmax;
    }

    @Override
    public int hashCode() {
        return ChannelSoftmax.class.hashCode();
    }

    @Override
    public String toString() {
        return "channelsoftmax";
    }
}
