package cnn.dl4j;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The order of a {@link PlainGraph}'s parameters in the one vector that Deeplearning4j keeps: layer by layer, within a layer
 * as its ParamInitializer lays them out. {@link Parameter} knows the order within one.
 *
 * @param length of all
 */
record ParameterVector(List<Parameter> parameters, long length) {

    /** @throws ArithmeticException if the network has more weights than can be counted */
    static ParameterVector of(Network network) {
        CellOrder order = new CellOrder(network);
        List<Parameter> all = new ArrayList<>();
        long length = 0;
        for (Node node : network.nodes()) {
            for (Part part : parts(node)) {
                Parameter parameter = part.weight()
                        .map(weight -> Parameter.of(node, weight, order.map(node, weight)))
                        .orElseGet(() -> Parameter.constant(node, part.constant()))
                        .at(length);
                all.add(parameter);
                length = Math.addExact(length, parameter.count());
            }
        }
        return new ParameterVector(all, length);
    }

    /** A weight, or in place of one that Keras does not have a number for each channel. */
    private record Part(Optional<WeightSpec> weight, float constant) {}

    private static List<Part> parts(Node node) {
        List<WeightSpec> weights = node.weights();
        return switch (node.layer().kerasType()) {
            case CONV2D, DEPTHWISE_CONV2D -> biasFirst(weights);
            case BATCH_NORMALIZATION -> norm(weights);
            default -> weights.stream().map(ParameterVector::part).toList();
        };
    }

    private static List<Part> biasFirst(List<WeightSpec> weights) {
        List<Part> parts = new ArrayList<>();
        weights.stream().filter(weight -> weight.role() == WeightRole.SHIFT).forEach(weight -> parts.add(part(weight)));
        weights.stream().filter(weight -> weight.role() != WeightRole.SHIFT).forEach(weight -> parts.add(part(weight)));
        return parts;
    }

    /** Deeplearning4j knows batch norms with both gamma and beta or with neither. */
    private static List<Part> norm(List<WeightSpec> weights) {
        List<Part> parts = new ArrayList<>();
        Optional<WeightSpec> gamma = named("gamma", weights);
        Optional<WeightSpec> beta = named("beta", weights);
        if (gamma.isPresent() || beta.isPresent()) {
            parts.add(new Part(gamma, 1));
            parts.add(new Part(beta, 0));
        }
        parts.add(new Part(named("moving_mean", weights), 0));
        parts.add(new Part(named("moving_variance", weights), 1));
        return parts;
    }

    private static Optional<WeightSpec> named(String name, List<WeightSpec> weights) {
        return weights.stream().filter(weight -> weight.name().equals(name)).findFirst();
    }

    private static Part part(WeightSpec weight) {
        return new Part(Optional.of(weight), 0);
    }
}
