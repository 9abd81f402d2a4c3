package cnn.program;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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

    /** The values that depend on what learns, or on the input where that is asked about. */
    Set<String> dependentOn(Predicate<Node> learns, boolean ofInput) {
        Set<String> wanted = new HashSet<>();
        if (ofInput) {
            wanted.add(input.name());
        }
        for (Step step : steps) {
            if (step.weighted().stream().anyMatch(learns)
                    || step.sources().stream().anyMatch(wanted::contains)) {
                wanted.add(step.target());
            }
        }
        return wanted;
    }

    /** Without the steps whose results nobody reads. */
    static List<Step> read(List<Step> steps) {
        Set<String> read = new HashSet<>();
        Deque<Step> kept = new ArrayDeque<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step instanceof Step.Deliver || read.contains(step.target())) {
                read.addAll(step.sources());
                kept.addFirst(step);
            }
        }
        return List.copyOf(kept);
    }

    Program withSteps(List<Step> others) {
        return new Program(input, others, shapes, outputs);
    }
}
