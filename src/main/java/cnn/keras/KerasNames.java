package cnn.keras;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;

/**
 * Layer names that Keras, TensorFlow and HDF5 take: no slashes, which the layers of nested models have here, and nothing
 * but letters, digits, dots, dashes and underscores of ASCII.
 */
final class KerasNames {

    private KerasNames() {}

    /**
     * The same network with such names, its nodes in the same order.
     *
     * @throws UserError if two layers would have one name
     */
    static Network of(Network network) {
        if (network.nodes().stream().map(Node::name).allMatch(name -> name.equals(plain(name)))) {
            return network;
        }
        NetworkBuilder builder = Network.builder(
                plain(network.name()),
                plain(network.input().name()),
                network.input().outputShape());
        for (Node node : network.nodes().subList(1, network.nodes().size())) {
            if (builder.has(plain(node.name()))) {
                throw UserError.data("two layers would be named %s in Keras; one is %s here"
                        .formatted(plain(node.name()), node.name()));
            }
            String[] inputs = node.inputs().stream().map(KerasNames::plain).toArray(String[]::new);
            builder.add(plain(node.name()), node.layer(), inputs);
        }
        return builder.build(plain(network.output().name()));
    }

    /**
     * The same network, if such names keep its layers apart.
     *
     * @throws UserError as {@link #of} does
     */
    static Network checked(Network network) {
        of(network);
        return network;
    }

    static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
