package cnn.cli;

import cnn.UserError;
import cnn.model.Calibrated;
import cnn.network.Network;
import cnn.network.Node;
import cnn.program.Quantization;
import cnn.program.RangeMethod;
import cnn.program.Ranges;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Option;

/** How ranges are chosen, and what is left in float32. */
final class QuantizationOptions {

    @Option(
            names = "--method",
            paramLabel = "minmax|percentile|entropy|mse",
            defaultValue = "mse",
            description =
                    "By what a range is chosen: all numbers seen, all but one in a hundred thousand, the least loss "
                            + "of information, the least squared error. Default: ${DEFAULT-VALUE}.")
    private RangeMethod method;

    @Option(
            names = "--keep-fp32",
            paramLabel = "LAYER",
            description = "Leave this layer in float32; repeated for several.")
    private List<String> kept = List.of();

    @Option(
            names = "--max-drop",
            paramLabel = "P",
            description =
                    "Leave as many layers in float32, the most harmful first, as it takes to lose at most P points: of "
                            + "accuracy where the folders of the images that judge are classes of the model, else of agreement.")
    private Double maxDrop;

    RangeMethod method() {
        return method;
    }

    OptionalDouble maxDrop() {
        return maxDrop == null ? OptionalDouble.empty() : OptionalDouble.of(Checks.notNegative("--max-drop", maxDrop));
    }

    /** @throws UserError of kind USAGE if the network lacks a layer that is to be kept */
    void check(Network network, String name) {
        List<String> known = network.nodes().stream().map(Node::name).toList();
        kept.stream().filter(layer -> !known.contains(layer)).findFirst().ifPresent(layer -> {
            throw UserError.usage(
                    "--keep-fp32: %s has no layer '%s'; see `cnn summary -m %s`".formatted(name, layer, name));
        });
    }

    Calibrated calibrated(Ranges ranges, int images) {
        return new Calibrated(method, images, new Quantization(ranges, Set.copyOf(kept)));
    }
}
