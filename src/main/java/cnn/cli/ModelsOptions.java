package cnn.cli;

import cnn.UserError;
import cnn.model.ModelRequest;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which networks, with which weights: as {@link ModelOptions}, for a command that compares several. */
final class ModelsOptions {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|FILE",
            defaultValue = "mobilenet",
            description = "A network by name, or a model file; several to compare them. Default: ${DEFAULT-VALUE}.")
    private List<String> models;

    @Option(
            names = "--weights",
            paramLabel = "FILE|none",
            description = "With one network: this Keras .h5 instead of the published weights; none: random weights.")
    private String weights;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Of the intervals, and of random weights. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--input-size",
            paramLabel = "N|HxW",
            converter = InputSizeConverter.class,
            description = "Another input size, where the network allows it.")
    private ModelRequest.InputSize inputSize;

    @Mixin
    private StoreOptions store;

    List<ModelRequest> requests() {
        if (weights != null && models.size() > 1) {
            throw UserError.usage("--weights goes with one network; name the others by file, e.g. -m model.h5");
        }
        return models.stream()
                .map(model ->
                        ModelOptions.request(model, Optional.ofNullable(weights), seed, Optional.ofNullable(inputSize)))
                .toList();
    }

    /** How the user named the models. */
    List<String> names() {
        return List.copyOf(models);
    }

    long seed() {
        return seed;
    }

    WeightStore weightStore(FetchListener listener) {
        return store.open(listener);
    }
}
