package cnn.program;

import cnn.network.Node;
import cnn.network.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as steps, each behind those that it needs; for any number of images.
 *
 * @param input the value that the caller gives
 * @param shapes of every value, without the batch axis
 * @param outputs the layers delivered, in the caller's order
 */
public record Program(Node input, List<Step> steps, Map<String, Shape> shapes, List<Node> outputs) {

    public Program {
        steps = List.copyOf(steps);
        shapes = Map.copyOf(shapes);
        outputs = List.copyOf(outputs);
    }

    /** How often each value is read. */
    public Map<String, Integer> uses() {
        Map<String, Integer> uses = new HashMap<>();
        steps.forEach(step -> step.sources().forEach(source -> uses.merge(source, 1, Integer::sum)));
        return uses;
    }
}
