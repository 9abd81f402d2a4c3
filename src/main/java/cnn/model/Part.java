package cnn.model;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Node;
import java.util.List;
import java.util.function.Supplier;

/**
 * How much of a network is wanted.
 *
 * @param whole all of it, with the layers that turn features into classes
 * @param layers else up to these layers; if none, the base: what Keras's {@code include_top=False} gives, or of a model that
 *     somebody trained what its head takes
 */
public record Part(boolean whole, List<String> layers) {
    /** All layers. */
    public static final Part WHOLE = new Part(true, List.of());

    /** Without the layers that turn features into classes. */
    public static final Part BASE = new Part(false, List.of());

    public Part {
        layers = List.copyOf(layers);
    }

    /** As much as is needed for the outputs of some layers; the base if none is named. */
    public static Part upTo(List<String> layers) {
        return new Part(false, layers);
    }

    /**
     * The layers whose values are wanted of a network.
     *
     * @param name of the model, for messages
     * @param base the layer that is wanted where none is named
     * @throws UserError if it has no layer of such a name
     */
    List<String> outputs(Network network, String name, Supplier<String> base) {
        if (whole) {
            return List.of(network.output().name());
        }
        List<String> wanted = layers.isEmpty() ? List.of(base.get()) : layers;
        List<String> known = network.nodes().stream().map(Node::name).toList();
        wanted.stream().filter(layer -> !known.contains(layer)).findFirst().ifPresent(layer -> {
            throw UserError.usage("%s has no layer '%s'; see `cnn summary -m %s`".formatted(name, layer, name));
        });
        return wanted;
    }
}
