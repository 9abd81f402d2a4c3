package cnn.cli;

import cnn.model.ModelRequest;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network, with which weights. */
final class ModelOptions {
    /** The network whose preprocessing is assumed for a model that says nothing of it. */
    private static final String SCALES_TO_ONE = "mobilenet";

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|FILE",
            defaultValue = "mobilenet",
            description =
                    "A network by name; `cnn models list` shows them. Or a model that was trained, FILE.zip. Or a whole "
                            + "Keras model, FILE.h5: its images "
                            + "are scaled to -1..1, unless -m NAME --weights FILE.h5 says otherwise. Default: "
                            + "${DEFAULT-VALUE}.")
    private String model;

    @Option(
            names = "--weights",
            paramLabel = "FILE|none",
            description = "This Keras .h5 instead of the published weights (weights only, or model.save()); "
                    + "none: random weights.")
    private String weights;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Of random weights. Default: 42.")
    private long seed;

    @Option(
            names = "--input-size",
            paramLabel = "N|HxW",
            converter = InputSizeConverter.class,
            description = "Another input size, where the network allows it.")
    private ModelRequest.InputSize inputSize;

    @Mixin
    private StoreOptions store;

    /** Takes the model that a word of its own names, if one does. */
    void orNamed(ModelWord word) {
        model = word.or(model);
    }

    boolean randomWeights() {
        return "none".equals(weights);
    }

    Optional<Path> weightFile() {
        return request().weights();
    }

    Optional<ModelRequest.InputSize> inputSize() {
        return Optional.ofNullable(inputSize);
    }

    /** The words of a command line that classifies {@code image} with this model, quietly. */
    List<String> classifyArguments(ComputeOptions compute, EngineOptions engine, Path image) {
        List<String> words = new ArrayList<>(List.of("classify", "-q", "-m", model, "--batch-size", "1"));
        words.addAll(List.of("--precision", compute.precision().id()));
        words.addAll(List.of("--engine", engine.engine().id()));
        if (weights != null) {
            words.addAll(List.of("--weights", weights));
        }
        inputSize().ifPresent(size -> words.addAll(List.of("--input-size", size.height() + "x" + size.width())));
        words.addAll(store.words());
        words.add(image.toString());
        return words;
    }

    ModelRequest request() {
        return request(model, Optional.ofNullable(weights), seed, inputSize());
    }

    /** What {@code -m} and {@code --weights} ask for. */
    static ModelRequest request(
            String model, Optional<String> weights, long seed, Optional<ModelRequest.InputSize> inputSize) {
        if (weights.isEmpty() && model.endsWith(".h5")) {
            return new ModelRequest(SCALES_TO_ONE, Optional.of(Path.of(model)), false, seed, inputSize);
        }
        boolean random = weights.filter("none"::equals).isPresent();
        return new ModelRequest(model, weights.filter(file -> !random).map(Path::of), random, seed, inputSize);
    }

    WeightStore weightStore(FetchListener listener) {
        return store.open(listener);
    }
}
