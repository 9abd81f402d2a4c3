package cnn.transfer;

import cnn.UserError;
import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The layers that turn a base's features into the user's classes, as {@code --head} spells them: {@code flatten}, {@code
 * avg}, {@code max}, {@code dense:N[:relu|linear|tanh]}, {@code dropout:P}, {@code batchnorm}, separated by commas. The
 * output layer is added to them: softmax over the classes, or one sigmoid unit for two.
 */
public final class Head {
    private final List<Part> parts;
    private final int classes;

    /** A layer and the name that Keras would build its own from. */
    private record Part(String kind, Layer layer) {}

    private Head(List<Part> parts, int classes) {
        this.parts = List.copyOf(parts);
        this.classes = classes;
    }

    /**
     * @throws UserError if the spelling is wrong
     */
    public static Head parse(String spec, int classes) {
        if (classes < 2) {
            throw UserError.usage("a head needs at least 2 classes, not " + classes);
        }
        List<Part> parts = new ArrayList<>();
        for (String word : spec.split(",", -1)) {
            parts.add(part(word.strip().toLowerCase(Locale.ROOT)));
        }
        return new Head(parts, classes);
    }

    /**
     * The base with this head on it.
     *
     * @throws UserError if a layer cannot take what the one before it gives
     */
    public Network on(Network base) {
        NetworkBuilder builder = base.extend();
        String x = base.output().name();
        for (Part part : parts) {
            x = builder.addUnnamed(part.kind(), part.layer(), x);
        }
        Dense output = classes == 2
                ? new Dense(1, true, ActivationFunction.SIGMOID)
                : new Dense(classes, true, ActivationFunction.SOFTMAX);
        return builder.build(builder.addUnnamed("dense", output, x));
    }

    /** Parameters of the layers that {@code whole} has and {@code base} has not, which training changes. */
    public static long trainableParameters(Network whole, Network base) {
        List<String> frozen = base.nodes().stream().map(Node::name).toList();
        return whole.nodes().stream()
                .filter(node -> !frozen.contains(node.name()))
                .mapToLong(Node::trainableParameters)
                .sum();
    }

    private static Part part(String word) {
        String[] fields = word.split(":", -1);
        try {
            return switch (fields[0]) {
                case "flatten" -> new Part("flatten", alone(fields, new Flatten()));
                case "avg" -> new Part("global_average_pooling2d", alone(fields, new GlobalPooling2D(Pooling.AVERAGE)));
                case "max" -> new Part("global_max_pooling2d", alone(fields, new GlobalPooling2D(Pooling.MAX)));
                case "batchnorm" ->
                    new Part("batch_normalization", alone(fields, new BatchNormalization(0.99, 1e-3, true, true)));
                case "dense" -> new Part("dense", dense(fields));
                case "dropout" -> new Part("dropout", dropout(fields));
                default -> throw wrong(word);
            };
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
            throw wrong(word);
        }
    }

    private static Layer alone(String[] fields, Layer layer) {
        if (fields.length != 1) {
            throw new IllegalArgumentException("takes no arguments");
        }
        return layer;
    }

    private static Dense dense(String[] fields) {
        int units = Integer.parseInt(fields[1]);
        if (units < 1 || fields.length > 3) {
            throw new IllegalArgumentException("units must be positive");
        }
        ActivationFunction function =
                switch (fields.length == 3 ? fields[2] : "linear") {
                    case "relu" -> ActivationFunction.RELU;
                    case "tanh" -> ActivationFunction.TANH;
                    case "linear" -> ActivationFunction.LINEAR;
                    default -> throw new IllegalArgumentException("no such activation");
                };
        return new Dense(units, true, function);
    }

    private static Dropout dropout(String[] fields) {
        double rate = Double.parseDouble(fields[1]);
        if (!(rate >= 0 && rate < 1) || fields.length != 2) {
            throw new IllegalArgumentException("a rate is at least 0 and below 1");
        }
        return new Dropout(rate);
    }

    private static UserError wrong(String word) {
        return UserError.usage("--head: '" + word + "' is no layer; expected flatten, avg, max, "
                + "dense:N[:relu|linear|tanh], dropout:P or batchnorm");
    }
}
