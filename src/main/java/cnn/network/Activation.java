package cnn.network;

import java.util.List;

/** An activation function as a layer of its own. */
public record Activation(ActivationFunction function) implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return function.equals(ActivationFunction.RELU6) ? KerasType.RELU : KerasType.ACTIVATION;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.activation(this);
    }
}
