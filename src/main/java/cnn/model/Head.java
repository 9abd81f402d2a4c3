package cnn.model;

import cnn.UserError;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.Layer;
import cnn.network.LayerWord;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.SpelledLayer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The layers that turn a base's features into the user's classes, as {@code --head} spells them: {@code flatten}, {@code
 * avg}, {@code max}, {@code dense:N[:relu|linear|tanh]}, {@code dropout:P}, {@code batchnorm}, separated by commas. The
 * output layer is added to them: softmax over the classes, or one sigmoid unit for two. {@link #LINEAR}: the output layer
 * alone, behind average pooling where the base gives a map of features and no vector.
 */
public final class Head {
    public static final String LINEAR = "linear";

    private static final Set<LayerWord> WORDS = EnumSet.of(
            LayerWord.FLATTEN, LayerWord.AVG, LayerWord.MAX, LayerWord.DENSE, LayerWord.DROPOUT, LayerWord.BATCHNORM);
    private static final String DENSE = "dense";
    private static final Set<ActivationFunction> ACTIVATIONS =
            Set.of(ActivationFunction.RELU, ActivationFunction.LINEAR, ActivationFunction.TANH);

    private final List<SpelledLayer> parts;
    private final int classes;

    private Head(List<SpelledLayer> parts, int classes) {
        if (classes < 2) {
            throw UserError.usage("a head needs at least 2 classes, not " + classes);
        }
        this.parts = List.copyOf(parts);
        this.classes = classes;
    }

    /**
     * @throws UserError if the spelling is wrong
     */
    public static Head parse(String spec, int classes) {
        List<SpelledLayer> parts = new ArrayList<>();
        for (String word : spec.equals(LINEAR) ? new String[0] : spec.split(",", -1)) {
            parts.add(read(word));
        }
        return new Head(parts, classes);
    }

    /** Whether its first layer is one that makes a vector of a feature map. */
    public boolean wantsMap() {
        return !parts.isEmpty()
                && (parts.get(0).layer() instanceof GlobalPooling2D
                        || parts.get(0).layer() instanceof Flatten);
    }

    /**
     * The base with this head on it.
     *
     * @throws UserError if a layer cannot take what the one before it gives
     */
    public Network on(Network base) {
        NetworkBuilder builder = base.extend();
        String x = base.output().name();
        for (SpelledLayer part :
                parts.isEmpty() && base.output().outputShape().isMap() ? List.of(read("avg")) : parts) {
            x = add(builder, part.kind(), part.layer(), x);
        }
        Dense output = classes == 2
                ? new Dense(1, true, ActivationFunction.SIGMOID)
                : new Dense(classes, true, ActivationFunction.SOFTMAX);
        return builder.build(add(builder, DENSE, output, x));
    }

    /** Keras lets a dense layer work on each cell of a map, which is never what a head is to do. */
    private static String add(NetworkBuilder builder, String kind, Layer layer, String input) {
        Shape shape = builder.shape(input);
        if (kind.equals(DENSE) && shape.sizes().size() != 1) {
            throw UserError.data("layer %s: a dense layer needs a vector, not %s; put flatten or pooling before it"
                    .formatted(kind, shape));
        }
        return builder.addUnnamed(kind, layer, input);
    }

    /** Parameters of the layers that {@code whole} has and {@code base} has not, which training changes. */
    public static long trainableParameters(Network whole, Network base) {
        List<String> frozen = base.nodes().stream().map(Node::name).toList();
        return whole.nodes().stream()
                .filter(node -> !frozen.contains(node.name()))
                .mapToLong(Node::trainableParameters)
                .sum();
    }

    private static SpelledLayer read(String word) {
        SpelledLayer spelled = LayerWord.read("--head", word, WORDS);
        if (spelled.layer() instanceof Dense dense && !ACTIVATIONS.contains(dense.activation())) {
            throw UserError.usage(
                    "--head: '" + word + "' is no layer of a head; a dense layer there ends in relu, linear or tanh");
        }
        return spelled;
    }
}
