package cnn.network;

import cnn.UserError;
import java.util.List;

/** The sum of two or more inputs of one shape. */
public record Add() implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return KerasType.ADD;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() < 2 || inputs.stream().distinct().count() != 1) {
            throw UserError.data("a sum needs two or more inputs of one shape, not " + inputs);
        }
        return inputs.get(0);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.add(this);
    }
}
