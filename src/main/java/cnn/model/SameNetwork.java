package cnn.model;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.zoo.Architecture;
import cnn.zoo.Options;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a whole model in a file is the network that the user names. */
final class SameNetwork {
    private SameNetwork() {}

    /**
     * Compares the weights that they have, layer by layer.
     *
     * @throws UserError of kind WEIGHTS if the file holds another network
     */
    static void check(ZooModel named, Network stored, Path file) {
        List<Shape> weights = weights(stored);
        boolean same = stored.input().outputShape().isMap()
                && named.forms().stream().flatMap(form -> forms(form, stored)).anyMatch(network -> weights(network)
                        .equals(weights));
        if (!same) {
            throw UserError.weights(
                    "%s is a whole model, %s, and not the network %s; use it as -m %s, and say with --scale how its pixels are scaled"
                            .formatted(file, stored.name(), named.name(), file));
        }
    }

    /** The network with and without top for images of the size that the stored one takes, if it can be. */
    private static Stream<Network> forms(Architecture form, Network stored) {
        Shape input = stored.input().outputShape();
        int classes = Math.max(2, stored.output().outputShape().channels());
        try {
            return Stream.of(
                    form.build(Options.withTop(input.height(), input.width(), classes)),
                    form.build(Options.withoutTop(input.height(), input.width(), Optional.empty())));
        } catch (UserError e) {
            return Stream.empty(); // too small for it
        }
    }

    private static List<Shape> weights(Network network) {
        return network.nodes().stream()
                .flatMap(node -> node.weights().stream())
                .map(WeightSpec::shape)
                .toList();
    }
}
