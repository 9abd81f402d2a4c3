package cnn.keras;

import cnn.keras.KerasWeights.Slot;
import cnn.network.InputLayer;
import cnn.network.KerasType;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A layer that is to be written for Keras, or a model in the place of one.
 *
 * @param type Keras's class
 * @param operator whether it is a function between the layers, which has no weights and is not counted among these
 * @param config as its {@code get_config()} gives it in Keras 3; empty for a model
 * @param calls its uses
 * @param slots its weights in their order; those of a model as its file of Keras's lists them, the trainable ones first
 */
record ExportedLayer(
        String name,
        String type,
        boolean operator,
        Map<String, Object> config,
        List<Call> calls,
        List<Slot> slots,
        Optional<ExportedModel> model) {
    private static final Set<KerasType> OPERATORS = Set.of(KerasType.TRUE_DIVIDE, KerasType.GET_ITEM);

    /** Layers that could leave something out. */
    private static final Set<KerasType> MASKED = Set.of(KerasType.BATCH_NORMALIZATION, KerasType.SOFTMAX);

    ExportedLayer {
        calls = List.copyOf(calls);
        slots = List.copyOf(slots);
    }

    /**
     * A layer of a network.
     *
     * @param name in Keras
     * @param names of the layers that its inputs come from, in Keras
     */
    static ExportedLayer of(String name, Node node, boolean trainable, UnaryOperator<String> names) {
        KerasType type = node.layer().kerasType();
        List<Slot> slots = node.weights().stream()
                .map(spec -> new Slot(node, spec, trainable && spec.trainable()))
                .toList();
        List<String> inputs = node.inputs().stream().map(names).toList();
        return new ExportedLayer(
                name,
                type.toString(),
                isOperator(node),
                Keras3Config.of(name, node, trainable),
                node.layer() instanceof InputLayer ? List.of() : List.of(call(node, inputs)),
                slots,
                Optional.empty());
    }

    /** The layer that stands for the input. */
    static ExportedLayer input(String name, Shape shape) {
        return new ExportedLayer(
                name,
                KerasType.INPUT_LAYER.toString(),
                false,
                Keras3Config.input(name, shape),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** A model that answers in inference mode whatever the model round it does, and where that stands. */
    static ExportedLayer inferring(ExportedModel model, String input) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("training", false);
        named.put("mask", null);
        Call call = new Call(List.of(new Call.Tensor(input)), named);
        return of(model, List.of(call));
    }

    static ExportedLayer of(ExportedModel model, List<Call> calls) {
        List<Slot> slots = new ArrayList<>();
        for (boolean trainable : new boolean[] {true, false}) {
            model.layers().stream()
                    .flatMap(layer -> layer.slots().stream())
                    .filter(slot -> slot.trainable() == trainable)
                    .forEach(slots::add);
        }
        return new ExportedLayer(model.name(), model.type(), false, Map.of(), calls, slots, Optional.of(model));
    }

    /** Whether Keras has this only as a function between layers. */
    static boolean isOperator(Node node) {
        return OPERATORS.contains(node.layer().kerasType());
    }

    /** How a layer of a network takes what is given to it, as Keras 3 writes it. */
    static Call call(Node node, List<String> inputs) {
        List<Object> tensors = new ArrayList<>();
        inputs.forEach(input -> tensors.add(new Call.Tensor(input)));
        Map<String, Object> named =
                MASKED.contains(node.layer().kerasType()) ? Collections.singletonMap("mask", null) : Map.of();
        boolean listed = tensors.size() > 1 && !isOperator(node);
        return new Call(listed ? List.of((Object) tensors) : tensors, named);
    }

    /** The same layer, what it is given coming from other calls. */
    ExportedLayer renamed(UnaryOperator<String> names) {
        List<Call> renamed = calls.stream().map(call -> call.renamed(names)).toList();
        return new ExportedLayer(name, type, operator, config, renamed, slots, model);
    }

    boolean isInput() {
        return type.equals(KerasType.INPUT_LAYER.toString());
    }
}
