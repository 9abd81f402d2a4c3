package cnn.dl4j;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Hands on a copy of what comes in.
 *
 * <p>M2.1 needs it in two places. Its activation layer, when not training, works in place on an input that lies outside
 * its workspaces, such as the graph's own, so that others who take that input see the result. And a graph fails with a
 * NullPointerException where one vertex is an output and another's input too (deeplearning4j issue 10034).
 */
record Copied() implements InputPreProcessor {

    @Override
    public INDArray preProcess(INDArray input, int images, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
    }

    @Override
    public INDArray backprop(INDArray epsilon, int images, LayerWorkspaceMgr workspaces) {
        return epsilon;
    }

    @Override
    public Copied clone() {
        return this;
    }

    @Override
    public InputType getOutputType(InputType input) {
        return input;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int images) {
        return new Pair<>(mask, state);
    }
}
