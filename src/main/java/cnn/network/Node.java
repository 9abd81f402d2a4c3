package cnn.network;

import java.util.List;

/**
 * A layer at its place in a network.
 *
 * @param name unique in its network; Keras's name
 * @param inputs the names of the nodes whose outputs it takes, in order
 * @param inputShapes their shapes; for the input layer its own shape
 */
public record Node(String name, Layer layer, List<String> inputs, List<Shape> inputShapes, Shape outputShape) {

    public Node {
        inputs = List.copyOf(inputs);
        inputShapes = List.copyOf(inputShapes);
    }

    /** The shape of the first, mostly only, input. */
    public Shape inputShape() {
        return inputShapes.get(0);
    }

    /** The weights in the order in which Keras lists and stores them. */
    public List<WeightSpec> weights() {
        return layer.weights(inputShape());
    }

    public long parameters() {
        return weights().stream().mapToLong(weight -> weight.shape().elements()).sum();
    }

    /** Parameters that training changes by gradient: all but the moving statistics of a batch norm. */
    public long trainableParameters() {
        return weights().stream()
                .filter(WeightSpec::trainable)
                .mapToLong(weight -> weight.shape().elements())
                .sum();
    }

    /** See {@link Layer#multiplyAdds}. */
    public long multiplyAdds() {
        return layer.multiplyAdds(inputShape(), outputShape);
    }
}
