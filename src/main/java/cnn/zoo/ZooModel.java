package cnn.zoo;

import cnn.network.Network;
import cnn.network.Node;
import java.util.List;

/**
 * A network with published weights: what the weights were trained on belongs to them, so it stands here and not with the
 * architecture.
 *
 * @param name as it is given on the command line
 * @param forms the forms of the architecture that weights have been published for, today's first
 * @param inputSize height and width in pixels that the weights were trained on
 * @param weights the file with all layers
 * @param weightsWithoutTop the file without the layers that turn features into classes
 * @param topOne published share of right first answers on ImageNet's validation set, in percent
 * @param topFive the same for the first five answers
 * @param licence of the weights
 */
public record ZooModel(
        String name,
        List<Architecture> forms,
        int inputSize,
        Preprocessing preprocessing,
        PublishedFile weights,
        PublishedFile weightsWithoutTop,
        double topOne,
        double topFive,
        String licence) {

    public ZooModel {
        forms = List.copyOf(forms);
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
