package cnn.network;

import java.util.List;

/** An activation function as a layer of its own. */
public record Activation(ActivationFunction function) implements Layer {

    @Override
    public String kerasType() {
        return function == ActivationFunction.RELU6 ? "ReLU" : "Activation";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }
}
