package cnn.network;

import java.util.List;
import java.util.Map;

/** The sum of two or more inputs of one shape, or of shapes that can be {@linkplain Broadcast taken together}. */
public record Add() implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        return new Add();
    }

    @Override
    public KerasType kerasType() {
        return KerasType.ADD;
    }

    @Override
    public Map<String, Object> arguments() {
        return Map.of();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Broadcast.of(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.add(this);
    }
}
