package cnn.onednn;

import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights of a network that learns, shared by its plans. */
final class LearnedWeights implements AutoCloseable {

    private record Name(String layer, String weight) {}

    private final Weights initial;
    private final Learners learners;
    private final NativeMemory memory;
    private final NativeScope scope = new NativeScope();
    private final Map<Name, Parameter> parameters = new LinkedHashMap<>();

    LearnedWeights(Weights initial, Learners learners, NativeMemory memory) {
        this.initial = initial;
        this.learners = learners;
        this.memory = memory;
    }

    Learners learners() {
        return learners;
    }

    /** The values to start from; those that do not change keep them. */
    Weights initial() {
        return initial;
    }

    /** A weight of a layer; what is not settled yet lies as Keras has it. */
    Parameter find(Node node, WeightSpec weight) {
        return parameters.computeIfAbsent(new Name(node.name(), weight.name()), name -> {
            boolean learns = weight.trainable() && learners.trainable().contains(node.name());
            return new Parameter(node, weight, KerasLayout.of(scope, weight), memory, learns, learners.slots());
        });
    }

    /** A vector of a layer, settled: a bias, or what a batch norm has. */
    Parameter vector(Node node, WeightSpec weight) {
        Parameter found = find(node, weight);
        if (!found.isSettled()) {
            settle(found, KerasLayout.of(scope, weight));
        }
        return found;
    }

    /** The vector of that name, if the layer has one. */
    Optional<Parameter> vector(Node node, String weight) {
        return node.weights().stream()
                .filter(spec -> spec.name().equals(weight))
                .findFirst()
                .map(spec -> vector(node, spec));
    }

    void settle(Parameter parameter, Layout layout) {
        WeightSpec weight = parameter.weight();
        FloatBuffer values = parameter.node().weights().stream()
                .filter(spec -> spec.name().equals(weight.name()))
                .findFirst()
                .map(spec -> initial.checkedValues(parameter.node(), spec))
                .orElseGet(() -> ones(weight));
        parameter.settle(Layout.copy(scope, layout.descriptor()), values);
    }

    /** Factors that no layer has. */
    private static FloatBuffer ones(WeightSpec weight) {
        float[] ones = new float[Math.toIntExact(weight.shape().elements())];
        Arrays.fill(ones, 1);
        return FloatBuffer.wrap(ones);
    }

    /** All weights that change, by gradient or as moving statistics, in the order of the layers. */
    List<Parameter> changing() {
        return parameters.values().stream()
                .filter(parameter -> parameter.learns()
                        || (!parameter.weight().trainable()
                                && learners.batchStatistics()
                                        .contains(parameter.node().name())))
                .toList();
    }

    /** A copy of the values as they are now. */
    Weights copy() {
        Map<Name, float[]> copies = new HashMap<>();
        for (Parameter parameter : changing()) {
            copies.put(new Name(parameter.node().name(), parameter.weight().name()), parameter.toKeras());
        }
        return (node, weight) -> {
            float[] copy = copies.get(new Name(node.name(), weight.name()));
            return copy == null
                    ? initial.values(node, weight)
                    : FloatBuffer.wrap(copy).asReadOnlyBuffer();
        };
    }

    @Override
    public void close() {
        parameters.values().forEach(Parameter::close);
        scope.close();
    }
}
