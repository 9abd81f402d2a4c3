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
            description = "A network by name, or a model file; several to compare them. Default: "
                    + ModelOptions.DEFAULT + ".")
    private List<String> models = List.of();

    @Option(
            names = "--weights",
            paramLabel = "FILE|none",
            description = "With one network: this file of Keras's instead of its weights; none: random weights.")
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
    private KerasOptions keras;

    @Mixin
    private StoreOptions store;

    List<ModelRequest> requests() {
        if (weights != null && models.size() > 1) {
            throw UserError.usage("--weights goes with one network; name the others by file, e.g. -m model.h5");
        }
        if (models.isEmpty()) {
            return List.of(request(Optional.empty()));
        }
        return models.stream().map(model -> request(Optional.of(model))).toList();
    }

    private ModelRequest request(Optional<String> model) {
        return ModelOptions.request(model, Optional.ofNullable(weights), seed, Optional.ofNullable(inputSize), keras);
    }

    /** How the user named the models. */
    List<String> names() {
        return models.isEmpty() ? List.of(ModelOptions.DEFAULT) : List.copyOf(models);
    }

    long seed() {
        return seed;
    }

    WeightStore weightStore(FetchListener listener) {
        return store.open(listener);
    }
}
