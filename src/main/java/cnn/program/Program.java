package cnn.program;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * What computes the outputs of layers, with as much as possible done in one step.
     *
     * @throws cnn.UserError if there is no layer of such a name
     */
    public static Program forInference(Network network, List<String> outputs) {
        return Fusion.fuse(Lowering.lower(network, outputs, false));
    }

    /**
     * What computes a network's output with its weights as they are, so that they can be trained.
     *
     * @param dropout whether it drops, as in training
     */
    public static Program forTraining(Network network, boolean dropout) {
        return Lowering.lower(network, List.of(network.output().name()), dropout);
    }

    /** How often each value is read. */
    public Map<String, Integer> uses() {
        Map<String, Integer> uses = new HashMap<>();
        steps.forEach(step -> step.sources().forEach(source -> uses.merge(source, 1, Integer::sum)));
        return uses;
    }

    /** The step that gives a value; empty for the input. */
    public Optional<Step> producer(String value) {
        return steps.stream()
                .filter(step -> step.target().equals(value) && !(step instanceof Step.Deliver))
                .findFirst();
    }

    Program withSteps(List<Step> others) {
        return new Program(input, others, shapes, outputs);
    }
}
