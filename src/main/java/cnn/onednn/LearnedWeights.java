package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Layer;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.program.Kernel;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights of a network that learns, shared by its plans. */
final class LearnedWeights implements AutoCloseable {

    private record Name(String layer, String weight) {}

    private final Weights initial;
    private final TrainingSetup setup;
    private final NativeMemory memory;
    private final Scope scope = new Scope();
    private final Map<Name, Parameter> parameters = new LinkedHashMap<>();

    LearnedWeights(Weights initial, TrainingSetup setup, NativeMemory memory) {
        this.initial = initial;
        this.setup = setup;
        this.memory = memory;
    }

    /** The weight of that name, if the layer has one; what is not settled yet lies as Keras has it. */
    Optional<Parameter> find(Node node, String weight) {
        return node.weights().stream()
                .filter(spec -> spec.name().equals(weight))
                .findFirst()
                .map(spec -> parameter(node, spec));
    }

    /** A vector of a layer: a bias, or what a batch norm has. */
    Optional<Parameter> vector(Node node, String weight) {
        Optional<Parameter> found = find(node, weight);
        found.filter(parameter -> !parameter.isSettled())
                .ifPresent(parameter -> settle(parameter, keras(node, parameter.weight())));
        return found;
    }

    void settle(Parameter parameter, Layout layout) {
        parameter.settle(Layout.copy(scope, layout.descriptor()), initial.values(parameter.node(), parameter.weight()));
    }

    /** All weights that change, by gradient or as moving statistics, in the order of the layers. */
    List<Parameter> changing() {
        return parameters.values().stream()
                .filter(parameter -> parameter.learns()
                        || (!parameter.weight().trainable()
                                && setup.batchStatistics()
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

    private Parameter parameter(Node node, WeightSpec weight) {
        return parameters.computeIfAbsent(new Name(node.name(), weight.name()), name -> {
            boolean learns = weight.trainable() && setup.trainable().contains(node.name());
            int slots = setup.optimizer().slots();
            return new Parameter(node, weight, keras(node, weight), memory, learns, slots);
        });
    }

    private Layout keras(Node node, WeightSpec weight) {
        Layer layer = node.layer();
        boolean isKernel = weight.name().endsWith("kernel")
                && (layer instanceof Conv2D || layer instanceof DepthwiseConv2D || layer instanceof Dense);
        return isKernel
                ? PackedWeights.keras(scope, Kernel.of(node))
                : Layout.strided(scope, dnnl_f32, new long[] {weight.shape().elements()}, 1);
    }
}
