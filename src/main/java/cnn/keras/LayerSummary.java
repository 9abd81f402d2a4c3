package cnn.keras;

import cnn.network.Node;
import cnn.network.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A line of Keras's {@code model.summary()}.
 *
 * @param type Keras's class
 * @param operator whether it is a function between the layers, such as {@code x / 127.5}
 * @param parameters of the layer, counted once however often it is used
 * @param trainable how many of them training would change, as the file has it
 * @param inputs the layers that are connected to it
 * @param inner the layers of a nested model
 * @param node the layer in the network; absent for an input and a nested model
 */
public record LayerSummary(
        String name,
        String type,
        boolean operator,
        Shape outputShape,
        long parameters,
        long trainable,
        long multiplyAdds,
        List<String> inputs,
        List<LayerSummary> inner,
        Optional<Node> node) {

    public LayerSummary {
        inputs = List.copyOf(inputs);
        inner = List.copyOf(inner);
    }
}
