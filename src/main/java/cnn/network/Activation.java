package cnn.network;

import cnn.Excerpt;
import cnn.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An activation function as a layer of its own.
 *
 * @param kerasType the class that it has in Keras: one for all functions that have a name, or one for that function
 */
public record Activation(ActivationFunction function, KerasType kerasType) implements WeightlessLayer {

    /** RELU6 is what Keras's class of that name is, all others are Keras's {@code Activation}. */
    public Activation(ActivationFunction function) {
        this(
                function,
                function.equals(ActivationFunction.RELU6) || !function.isNamed()
                        ? ownType(function)
                        : KerasType.ACTIVATION);
    }

    static Layer read(Arguments arguments, Shape input) {
        return new Activation(arguments.activation(), KerasType.ACTIVATION);
    }

    static Layer readReLU(Arguments arguments, Shape input) {
        double maxValue = arguments.number("max_value", Double.POSITIVE_INFINITY);
        double slope = arguments.number("negative_slope", 0);
        double threshold = arguments.number("threshold", 0);
        return new Activation(ActivationFunction.relu(maxValue, slope, threshold), KerasType.RELU);
    }

    /** Keras 2 calls the slope alpha. */
    static Layer readLeakyReLU(Arguments arguments, Shape input) {
        double slope = arguments.number("negative_slope", arguments.number("alpha", 0.3));
        return new Activation(ActivationFunction.leakyRelu(slope), KerasType.LEAKY_RELU);
    }

    static Layer readELU(Arguments arguments, Shape input) {
        return new Activation(ActivationFunction.elu(arguments.number("alpha", 1)), KerasType.ELU);
    }

    /** The function of a layer that stands in the place of a function's name. */
    static ActivationFunction ofLayer(String layer, Map<?, ?> description, Origin origin) {
        Object config = description.get("config");
        return KerasType.of(String.valueOf(description.get("class_name")))
                .filter(type -> config instanceof Map<?, ?>)
                .map(type -> type.read(new Arguments(layer, (Map<?, ?>) config, origin), Shape.of(1)))
                .filter(Activation.class::isInstance)
                .map(Activation.class::cast)
                .map(Activation::function)
                .orElseThrow(() ->
                        new Arguments(layer, description, origin).unsupported("activation " + Excerpt.of(description)));
    }

    /** A function that has no name in Keras, as the layer that it is there. */
    static Map<String, Object> asLayer(ActivationFunction function) {
        Activation layer = new Activation(function, ownType(function));
        if (layer.kerasType == KerasType.ACTIVATION) {
            throw UserError.weights("%s as Keras 2 has it is not in Keras 3".formatted(function.name()));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("module", "keras.layers");
        description.put("class_name", layer.kerasType.toString());
        description.put("config", layer.arguments());
        description.put("registered_name", null);
        return description;
    }

    private static KerasType ownType(ActivationFunction function) {
        return switch (function.name()) {
            case "relu", "relu6" -> KerasType.RELU;
            case "leaky_relu" -> KerasType.LEAKY_RELU;
            case "elu" -> KerasType.ELU;
            default -> KerasType.ACTIVATION;
        };
    }

    @Override
    public Map<String, Object> arguments() {
        ArgumentText text = new ArgumentText();
        return switch (kerasType) {
            case RELU ->
                text.with("max_value", number(Scalar.Kind.CLIP, Scalar::beta, null))
                        .with("negative_slope", slope())
                        .with("threshold", number(Scalar.Kind.THRESHOLD, Scalar::alpha, 0.0))
                        .map();
            case LEAKY_RELU -> text.with("negative_slope", slope()).map();
            case SOFTMAX -> text.with("axis", -1).map();
            case ELU ->
                text.with("alpha", number(Scalar.Kind.ELU, Scalar::alpha, 1.0)).map();
            default -> text.activation(function).map();
        };
    }

    private Double slope() {
        return number(Scalar.Kind.THRESHOLD, Scalar::beta, number(Scalar.Kind.RELU, Scalar::alpha, 0.0));
    }

    private Double number(Scalar.Kind kind, java.util.function.Function<Scalar, Double> which, Double otherwise) {
        Predicate<Scalar> isOfKind = term -> term.kind() == kind;
        return function.terms().stream().filter(isOfKind).map(which).findFirst().orElse(otherwise);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.activation(this);
    }
}
