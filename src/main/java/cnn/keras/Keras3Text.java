package cnn.keras;

import cnn.network.KerasType;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a model as Keras 3 writes it: {@code config.json} of a .keras file, or {@code model_config} of an .h5,
 * which is the same without modules and shapes to build layers for.
 */
final class Keras3Text {
    /** Layers that Keras does not build, since they have nothing to make ready. */
    private static final Set<KerasType> NOT_BUILT = Set.of(
            KerasType.INPUT_LAYER,
            KerasType.ACTIVATION,
            KerasType.RELU,
            KerasType.LEAKY_RELU,
            KerasType.ELU,
            KerasType.SOFTMAX,
            KerasType.MAX_POOLING2D,
            KerasType.AVERAGE_POOLING2D,
            KerasType.GLOBAL_MAX_POOLING2D,
            KerasType.GLOBAL_AVERAGE_POOLING2D,
            KerasType.DROPOUT,
            KerasType.SPATIAL_DROPOUT2D,
            KerasType.GAUSSIAN_NOISE,
            KerasType.GAUSSIAN_DROPOUT,
            KerasType.ALPHA_DROPOUT,
            KerasType.ACTIVITY_REGULARIZATION,
            KerasType.IDENTITY);

    /** Where Keras Applications keeps layers that are not Keras's own. */
    private static final Map<KerasType, String> OF_APPLICATIONS = Map.of(
            KerasType.LAYER_SCALE, "keras.src.applications.convnext",
            KerasType.STOCHASTIC_DEPTH, "keras.src.applications.convnext",
            KerasType.CUSTOM_SCALE_LAYER, "keras.src.applications.inception_resnet_v2");

    private final boolean archive;

    /** @param archive whether it is for a .keras file, and not for an .h5 */
    Keras3Text(boolean archive) {
        this.archive = archive;
    }

    /** An ordered map of texts, numbers, booleans, null, lists and such maps. */
    Map<String, Object> of(ExportedModel model) {
        boolean functional = model.type().equals(ExportedModel.FUNCTIONAL);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", model.name());
        config.put("trainable", model.trainable());
        List<Object> layers = new ArrayList<>();
        model.layers().forEach(layer -> layers.add(functional ? node(model, layer) : object(model, layer)));
        Object inputShape = Keras3Config.withBatch(model.shapes().get(model.input()));
        if (functional) {
            config.put("layers", layers);
            config.put("input_layers", List.of(history(model.input())));
            config.put("output_layers", List.of(end(model)));
        } else {
            config.put("dtype", model.dtype());
            config.put("layers", layers);
            config.put("build_input_shape", inputShape);
        }
        return functional
                ? built(object("keras.src.models.functional", model.type(), config, model.type()), null)
                : built(object("keras", model.type(), config, null), inputShape);
    }

    private Map<String, Object> node(ExportedModel model, ExportedLayer layer) {
        Map<String, Object> node = object(model, layer);
        node.put("name", layer.name());
        List<Object> inbound = new ArrayList<>();
        layer.calls().forEach(call -> inbound.add(inbound(model, call)));
        node.put("inbound_nodes", inbound);
        return node;
    }

    private Map<String, Object> object(ExportedModel model, ExportedLayer layer) {
        if (layer.model().isPresent()) {
            return of(layer.model().get());
        }
        if (layer.operator()) {
            return object("keras.src.ops.numpy", layer.type(), layer.config(), layer.type());
        }
        KerasType type = KerasType.of(layer.type()).orElseThrow();
        String applications = OF_APPLICATIONS.get(type);
        Map<String, Object> object = applications == null
                ? object("keras.layers", layer.type(), layer.config(), null)
                : object(applications, layer.type(), layer.config(), layer.type());
        return NOT_BUILT.contains(type) ? object : built(object, inputShapes(model, layer));
    }

    private Map<String, Object> object(String module, String type, Map<String, Object> config, String registeredName) {
        if (archive) {
            return Keras3Object.of(module, type, config, registeredName);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("class_name", type);
        object.put("config", config);
        return object;
    }

    private Map<String, Object> built(Map<String, Object> object, Object inputShape) {
        if (archive) {
            object.put("build_config", Collections.singletonMap("input_shape", inputShape));
        }
        return object;
    }

    /** The shape of what a layer is first given; of several inputs a list of theirs. */
    private static Object inputShapes(ExportedModel model, ExportedLayer layer) {
        List<Object> shapes = new ArrayList<>();
        layer.calls()
                .get(0)
                .tensors()
                .forEach(source ->
                        shapes.add(Keras3Config.withBatch(model.shapes().get(source))));
        return shapes.size() == 1 ? shapes.get(0) : shapes;
    }

    private static Map<String, Object> inbound(ExportedModel model, Call call) {
        Map<String, Object> named = new LinkedHashMap<>();
        call.named().forEach((name, value) -> named.put(name, argument(model, value)));
        Map<String, Object> inbound = new LinkedHashMap<>();
        inbound.put("args", argument(model, call.positional()));
        inbound.put("kwargs", named);
        return inbound;
    }

    private static Object argument(ExportedModel model, Object value) {
        if (value instanceof Call.Tensor tensor) {
            Shape shape = model.shapes().get(tensor.call());
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("shape", Keras3Config.withBatch(shape));
            config.put("dtype", ExportedModel.FLOAT32);
            config.put("keras_history", history(tensor.call()));
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("class_name", "__keras_tensor__");
            described.put("config", config);
            return described;
        }
        if (value instanceof List<?> list) {
            List<Object> arguments = new ArrayList<>();
            list.forEach(element -> arguments.add(argument(model, element)));
            return arguments;
        }
        return value;
    }

    /** Keras counts the node that a functional model is born with, but among the outputs only. */
    private static List<Object> end(ExportedModel model) {
        List<Object> history = history(model.output());
        boolean nested = model.layers().stream()
                .anyMatch(layer -> layer.name().equals(history.get(0))
                        && layer.model()
                                .filter(inner -> inner.type().equals(ExportedModel.FUNCTIONAL))
                                .isPresent());
        return nested ? List.of(history.get(0), (int) history.get(1) + 1, 0) : history;
    }

    /** Layer, which of its calls, which of the call's results; see {@link Call#name}. */
    private static List<Object> history(String call) {
        int index = Call.index(call);
        return List.of(index == 0 ? call : call.substring(0, call.lastIndexOf(':')), index, 0);
    }
}
