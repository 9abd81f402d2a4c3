package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function that is applied to tensors in a model and so stands among its layers, such as {@code x / 127.5}: told by the
 * layer that computes the same.
 */
enum Operator {
    ADD("Add", "math.add", "__operators__.add", "nn.bias_add"),
    SUBTRACT("Subtract", "math.subtract", "__operators__.sub"),
    MULTIPLY("Multiply", "math.multiply", "__operators__.mul"),
    TRUE_DIVIDE("TrueDivide", "Divide", "math.truediv", "math.divide", "__operators__.truediv"),
    MAXIMUM("Maximum", "math.maximum"),
    MINIMUM("Minimum", "math.minimum"),
    GET_ITEM("GetItem", "__operators__.getitem");

    /** What Keras 2 makes of functions of TensorFlow. */
    private static final List<String> TENSORFLOW = List.of("TFOpLambda", "SlicingOpLambda");

    private final List<String> names;

    Operator(String... names) {
        this.names = List.of(names);
    }

    /**
     * The layer that computes what an entry of {@code layers} does in a call, if the entry is a function.
     *
     * @throws UserError if there is none
     */
    static Optional<LayerConfig> layer(JsonObject entry, LayerConfig layer, Call call) {
        if (isTensorFlow(layer)) {
            return Optional.of(of(layer, layer.config().text("function")).layer(layer, call, true));
        }
        if (KerasClass.isOperator(entry)) {
            return Optional.of(of(layer, layer.type()).layer(layer, call, false));
        }
        // A layer of that name takes a list of tensors; Keras's .h5 does not tell it from the function.
        boolean function = named(layer.type()).isPresent()
                && !call.positional().isEmpty()
                && !(call.positional().get(0) instanceof List<?>);
        return function ? Optional.of(of(layer, layer.type()).layer(layer, call, false)) : Optional.empty();
    }

    /** Whether this is what Keras 2 makes a layer of a function of TensorFlow with. */
    static boolean isTensorFlow(LayerConfig layer) {
        return TENSORFLOW.contains(layer.type());
    }

    private static Operator of(LayerConfig layer, String function) {
        return named(function)
                .orElseThrow(() -> UserError.weights("layer %s: the function %s on tensors is not supported"
                        .formatted(layer.name(), Excerpt.of(function))));
    }

    private static Optional<Operator> named(String function) {
        for (Operator operator : values()) {
            if (operator.names.contains(function)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    private LayerConfig layer(LayerConfig layer, Call call, boolean listed) {
        List<Object> operands = new ArrayList<>();
        call.positional().forEach(argument -> {
            if (listed && argument instanceof List<?> list) {
                operands.addAll(list);
            } else {
                operands.add(argument);
            }
        });
        call.named().forEach((name, value) -> {
            if (value != null && !name.equals("name")) {
                operands.add(value);
            }
        });
        if (operands.size() != 2) {
            throw unsupported(layer, "of %d operands".formatted(operands.size()));
        }
        if (this == GET_ITEM) {
            return as(names.get(0), layer, Slices.ofChannels(layer, operands.get(1)));
        }
        boolean first = operands.get(0) instanceof Call.Tensor;
        if (first && operands.get(1) instanceof Call.Tensor) {
            return as(names.get(0), layer, layer.config());
        }
        return rescaling(layer, Constant.of(layer, operands.get(first ? 1 : 0)), first);
    }

    /** @param first whether the tensor comes before the constant */
    private LayerConfig rescaling(LayerConfig layer, Constant constant, boolean first) {
        return switch (this) {
            case ADD -> rescaling(layer, Constant.ONE, constant);
            case SUBTRACT ->
                first
                        ? rescaling(layer, Constant.ONE, constant.map(value -> -value))
                        : rescaling(layer, Constant.ONE.map(value -> -value), constant);
            case MULTIPLY -> rescaling(layer, constant, Constant.ZERO);
            case TRUE_DIVIDE -> {
                if (!first) {
                    throw unsupported(layer, "by a tensor");
                }
                yield rescaling(layer, constant.map(value -> 1 / value), Constant.ZERO);
            }
            case MAXIMUM, MINIMUM, GET_ITEM -> throw unsupported(layer, "with a constant");
        };
    }

    private static LayerConfig rescaling(LayerConfig layer, Constant scale, Constant offset) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("scale", scale.json());
        config.put("offset", offset.json());
        return as("Rescaling", layer, new JsonObject(layer.config().place(), config));
    }

    private static LayerConfig as(String type, LayerConfig layer, JsonObject config) {
        return new LayerConfig(type, layer.name(), config);
    }

    private UserError unsupported(LayerConfig layer, String how) {
        return UserError.weights("layer %s: %s %s is not supported".formatted(layer.name(), names.get(0), how));
    }
}
