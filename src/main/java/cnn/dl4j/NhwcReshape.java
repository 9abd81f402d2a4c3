package cnn.dl4j;

import cnn.network.Shape;
import java.util.List;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras's Flatten and Reshape inside a graph; see {@link Layouts#reshape}. Saved with the graph, as its name and these
 * sizes.
 *
 * @param from the sizes of the input's {@link Shape}
 * @param to those of the output's
 */
record NhwcReshape(
        @JsonProperty("from") List<Integer> from,
        @JsonProperty("to") List<Integer> to) implements InputPreProcessor {

    static NhwcReshape of(Shape from, Shape to) {
        return new NhwcReshape(from.sizes(), to.sizes());
    }

    @Override
    public INDArray preProcess(INDArray input, int images, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATIONS, Layouts.reshape(input, new Shape(from), new Shape(to)), 'c');
    }

    @Override
    public INDArray backprop(INDArray epsilon, int images, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATION_GRAD, Layouts.reshape(epsilon, new Shape(to), new Shape(from)), 'c');
    }

    @Override
    public NhwcReshape clone() {
        return this;
    }

    @Override
    public InputType getOutputType(InputType input) {
        Shape shape = new Shape(to);
        return shape.isMap()
                ? InputType.convolutional(shape.height(), shape.width(), shape.channels())
                : InputType.feedForward(shape.elements());
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int images) {
        return new Pair<>(mask, state);
    }
}
