package cnn.zoo;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Node;
import cnn.weights.PublishedFile;
import cnn.weights.PublishedWeights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network by name, and its published weights if there are any: what the weights were trained on belongs to them, so it
 * stands here and not with the architecture.
 *
 * @param name as it is given on the command line
 * @param forms the forms of the architecture that weights have been published for, today's first
 * @param inputSize height and width in pixels that the weights were trained on, or that the network was made for
 * @param classes that the weights tell apart, or that the network was made for
 * @param published absent for a network that is there to be trained
 * @param sequential the name of the Sequential in which Keras has the layer of a name; that of the layer itself if in none
 * @param editions the same network with each of its published weights by itself, by what stands behind the {@code @} of their
 *     names; none where there is one set of weights only
 */
public record ZooModel(
        String name,
        List<Architecture> forms,
        int inputSize,
        int classes,
        Preprocessing preprocessing,
        Optional<PublishedWeights> published,
        UnaryOperator<String> sequential,
        Map<String, ZooModel> editions) {

    public ZooModel {
        forms = List.copyOf(forms);
        editions = Collections.unmodifiableMap(new LinkedHashMap<>(editions));
    }

    /** A network without published weights. */
    static ZooModel toTrain(
            String name, Architecture architecture, int inputSize, int classes, Preprocessing preprocessing) {
        return new ZooModel(
                name,
                List.of(architecture),
                inputSize,
                classes,
                preprocessing,
                Optional.empty(),
                UnaryOperator.identity(),
                Map.of());
    }

    ZooModel withSequentials(UnaryOperator<String> sequentialOfLayer) {
        return new ZooModel(name, forms, inputSize, classes, preprocessing, published, sequentialOfLayer, editions);
    }

    /**
     * The same network with one of its published weights.
     *
     * @param id what stands behind the {@code @}, e.g. {@code 2015}
     * @throws UserError naming those that there are if it has no such weights
     */
    ZooModel edition(String id) {
        ZooModel edition = editions.get(id);
        if (edition != null) {
            return edition;
        }
        throw UserError.usage(
                editions.isEmpty()
                        ? "%s has one set of published weights at most: leave out '@%s'".formatted(name, id)
                        : "%s has no weights '%s' but %s@%s"
                                .formatted(name, id, name, String.join(", " + name + "@", editions.keySet())));
    }

    /**
     * The same network with the weights that were trained on images of that size, where it has several and the name leaves
     * open which; Keras's rule.
     */
    public Optional<ZooModel> trainedAt(int size) {
        return editions.values().stream()
                .filter(edition -> edition.inputSize == size)
                .findFirst()
                .filter(edition -> edition.inputSize != inputSize);
    }

    /** Parameters of the whole network, as Keras publishes them if it does: no layer is built for it then. */
    public long parameters() {
        return published.isPresent()
                ? KerasApplications.parameters(name, true)
                : network(withTop(inputSize, inputSize)).parameters();
    }

    /** Multiply-adds of the whole network for one image of its own size; see {@link #parameters}. */
    public long multiplyAdds() {
        return published.isPresent()
                ? KerasApplications.multiplyAdds(name, inputSize)
                : network(withTop(inputSize, inputSize)).multiplyAdds();
    }

    /** The whole network for images of another size. */
    public Options withTop(int height, int width) {
        return Options.withTop(height, width, classes);
    }

    /**
     * The file with all layers.
     *
     * @throws UserError of kind WEIGHTS if none is published
     */
    public PublishedFile weights() {
        return published.orElseThrow(this::unpublished).whole();
    }

    /**
     * The file without the layers that turn features into classes.
     *
     * @throws UserError of kind WEIGHTS if none is published
     */
    public PublishedFile weightsWithoutTop() {
        return published.orElseThrow(this::unpublished).withoutTop();
    }

    private UserError unpublished() {
        return UserError.weights(("%s has no published weights: train it (cnn train DATA -m %s --weights none "
                        + "-o %s.zip) and name that file, or give --weights FILE, or --weights none for random ones")
                .formatted(name, name, name));
    }

    /** The network in the form that today's Keras builds. */
    public Network network(Options options) {
        return forms.get(0).build(options);
    }

    /**
     * The network in the form that weights with such layers were made for: the first whose weighted layers all carry
     * these names, or else today's.
     *
     * @param layersWithWeights as a weight file names them
     */
    public Network network(Options options, List<String> layersWithWeights) {
        return forms.stream()
                .map(form -> form.build(options))
                .filter(network -> layersWithWeights.containsAll(layersWithWeights(network)))
                .findFirst()
                .orElseGet(() -> network(options));
    }

    private static List<String> layersWithWeights(Network network) {
        return network.nodes().stream()
                .filter(node -> !node.weights().isEmpty())
                .map(Node::name)
                .toList();
    }
}
