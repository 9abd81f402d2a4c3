package cnn.model;

import cnn.UserError;
import cnn.keras.CompiledLoss;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import java.util.Optional;
import java.util.Set;

/**
 * A network that gives probabilities, and what the user should know of how it comes to them.
 *
 * @param note empty where there is evidence enough
 */
record Answers(Network network, Optional<String> note) {
    private static final String PROBABILITIES = "probabilities";

    /** Keras's classes of layers that only move numbers, take their mean, or do nothing when answering. */
    private static final Set<String> KEEPING = Set.of(
            "Flatten",
            "Reshape",
            "Permute",
            "Identity",
            "Average",
            "GlobalAveragePooling2D",
            "GlobalMaxPooling2D",
            "Dropout",
            "SpatialDropout2D",
            "GaussianNoise",
            "GaussianDropout",
            "AlphaDropout",
            "ActivityRegularization");

    /**
     * Makes probabilities of what a Keras model gives: by what the user says; else by the loss that it was compiled with; else
     * a last layer without activation is taken to give logits.
     *
     * @param name of the model, for the note
     * @throws UserError of kind WEIGHTS if it was trained to give numbers, and not classes
     */
    static Answers of(String name, Network network, Optional<CompiledLoss> loss, Optional<LastLayer> given) {
        ActivationFunction last = last(network);
        if (given.isPresent()) {
            return new Answers(
                    given.get() == LastLayer.LOGITS ? withProbabilities(network) : network, Optional.empty());
        }
        if (last.equals(ActivationFunction.SOFTMAX)) {
            return new Answers(network, Optional.empty());
        }
        loss.filter(CompiledLoss::isRegression).ifPresent(regression -> {
            throw UserError.weights(
                    "%s was compiled with a loss for numbers, %s, so it names no classes; if it does all the "
                                    .formatted(name, regression.name())
                            + "same: --last-layer logits|probabilities");
        });
        boolean logits = last.equals(ActivationFunction.LINEAR)
                || last.name().equalsIgnoreCase("log_softmax")
                || loss.filter(CompiledLoss::fromLogits).isPresent();
        if (last.equals(ActivationFunction.SIGMOID) || !logits) {
            return new Answers(network, Optional.empty());
        }
        boolean told = loss.filter(CompiledLoss::fromLogits).isPresent() || !last.equals(ActivationFunction.LINEAR);
        return new Answers(
                withProbabilities(network),
                told
                        ? Optional.empty()
                        : Optional.of(
                                "the last layer of %s has no activation, so it is taken to give logits; if it gives "
                                                .formatted(name)
                                        + "probabilities: --last-layer probabilities"));
    }

    private static Network withProbabilities(Network network) {
        ActivationFunction function = network.output().outputShape().elements() == 1
                ? ActivationFunction.SIGMOID
                : ActivationFunction.SOFTMAX;
        NetworkBuilder builder = network.extend();
        return builder.build(builder.addUnnamed(
                PROBABILITIES, new Activation(function), network.output().name()));
    }

    /** The function that the numbers of a network's output have come through last. */
    private static ActivationFunction last(Network network) {
        Node node = network.output();
        while (keepsProbabilities(node.layer())) {
            node = network.node(node.inputs().get(0));
        }
        Layer layer = node.layer();
        if (layer instanceof Dense dense) {
            return dense.activation();
        }
        if (layer instanceof Conv2D convolution) {
            return convolution.activation();
        }
        if (layer instanceof DepthwiseConv2D convolution) {
            return convolution.activation();
        }
        if (layer.kerasType().toString().equals("Softmax")) {
            return ActivationFunction.SOFTMAX;
        }
        return layer instanceof Activation activation ? activation.function() : ActivationFunction.LINEAR;
    }

    /** Whether a layer makes probabilities of probabilities, and logits of logits. */
    private static boolean keepsProbabilities(Layer layer) {
        boolean linear =
                layer instanceof Activation activation && activation.function().equals(ActivationFunction.LINEAR);
        return linear || KEEPING.contains(layer.kerasType().toString());
    }
}
