package cnn.network;

import cnn.UserError;
import java.util.List;
import java.util.Map;

/** Two or more inputs taken together number by number, by other than addition. */
public record Merge(Operation operation) implements WeightlessLayer {

    /** What is done; the type is that of the layer in Keras. */
    public enum Operation {
        SUBTRACT(KerasType.SUBTRACT),
        MULTIPLY(KerasType.MULTIPLY),
        DIVIDE(KerasType.TRUE_DIVIDE),
        AVERAGE(KerasType.AVERAGE),
        MAXIMUM(KerasType.MAXIMUM),
        MINIMUM(KerasType.MINIMUM);

        private final KerasType type;

        Operation(KerasType type) {
            this.type = type;
        }
    }

    @Override
    public KerasType kerasType() {
        return operation.type;
    }

    @Override
    public Map<String, Object> arguments() {
        return Map.of();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        boolean ofTwo = operation == Operation.SUBTRACT || operation == Operation.DIVIDE;
        if (ofTwo && inputs.size() != 2) {
            throw UserError.data("two inputs expected, not " + inputs.size());
        }
        return Broadcast.of(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.merge(this);
    }
}
