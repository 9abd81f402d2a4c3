package cnn.cli;

import cnn.keras.FileKind;
import cnn.model.BundledModel;
import cnn.model.ModelRequest;
import cnn.program.Precision;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network, with which weights. */
final class ModelOptions {
    static final String DEFAULT = "mobilenet";

    private static final Set<FileKind> KERAS_KINDS = Set.of(FileKind.HDF5, FileKind.KERAS_ARCHIVE);

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|FILE",
            description =
                    "A network by name; `cnn models list` shows them. NAME@WEIGHTS takes one of several published weights, "
                            + "e.g. resnet50@2015. Or a model that was trained, FILE.zip. Or a whole "
                            + "model that Keras saved, FILE.keras or FILE.h5. Default: " + DEFAULT + ".")
    private String model;

    @Option(
            names = "--weights",
            paramLabel = "FILE|none",
            description =
                    "This file of Keras's instead of the published weights, or instead of the weights of the Keras model "
                            + "that -m names (.h5, .weights.h5, .keras); none: random weights.")
    private String weights;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Of random weights. Default: 42.")
    private long seed;

    @Option(
            names = "--input-size",
            paramLabel = "N|HxW",
            converter = InputSizeConverter.class,
            description =
                    "Another input size, where the network allows it. Of MobileNet and MobileNetV2 it takes the weights "
                            + "trained at that size, if there are any, as Keras does; -m mobilenet@224 says otherwise.")
    private ModelRequest.InputSize inputSize;

    @Mixin
    private KerasOptions keras;

    @Mixin
    private StoreOptions store;

    /** Takes the model that a word of its own names, if one does. */
    void orNamed(ModelWord word) {
        model = word.or(model);
    }

    /** Takes a saved model, whatever its file is called. */
    void orTrained(Path file) {
        model = Zoo.isName(file.toString()) ? Path.of(".").resolve(file).toString() : file.toString();
    }

    /** Whether a model was named. */
    boolean isNamed() {
        return model != null;
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
    List<String> classifyArguments(Precision precision, EngineOptions engine, List<String> ranges, Path image) {
        List<String> words = new ArrayList<>(List.of("classify", "-q", "--batch-size", "1"));
        words.addAll(List.of("--precision", precision.id()));
        words.addAll(List.of("--engine", engine.engine().id()));
        words.addAll(ranges);
        if (model != null) {
            words.addAll(List.of("-m", model));
        }
        if (weights != null) {
            words.addAll(List.of("--weights", weights, "--seed", String.valueOf(seed)));
        }
        inputSize().ifPresent(size -> words.addAll(List.of("--input-size", size.height() + "x" + size.width())));
        words.addAll(keras.words());
        words.addAll(store.words());
        words.add(image.toString());
        return words;
    }

    ModelRequest request() {
        return request(Optional.ofNullable(model), Optional.ofNullable(weights), seed, inputSize(), keras);
    }

    /** What {@code -m} and {@code --weights} ask for. */
    static ModelRequest request(
            Optional<String> model,
            Optional<String> weights,
            long seed,
            Optional<ModelRequest.InputSize> inputSize,
            KerasOptions keras) {
        boolean random = weights.filter("none"::equals).isPresent();
        Optional<Path> weightFile = weights.filter(file -> !random).map(Path::of);
        Optional<Path> file = model.flatMap(ModelOptions::kerasFile);
        boolean anyNetwork = model.isEmpty() && weightFile.isPresent();
        ModelRequest request = new ModelRequest(
                model.orElse(DEFAULT), weightFile, random, seed, inputSize, keras.request(file, anyNetwork));
        if (file.isEmpty() && !anyNetwork) {
            keras.refuseFor(request);
        }
        return request;
    }

    /** The file that a name of a model means, if Keras saved it; one that is not there is told by its suffix. */
    private static Optional<Path> kerasFile(String name) {
        try {
            Path path = Path.of(name);
            if (Zoo.isName(name) || BundledModel.named(name).isPresent() || Files.isDirectory(path)) {
                return Optional.empty();
            }
            boolean keras = Files.exists(path)
                    ? KERAS_KINDS.contains(FileKind.of(path))
                    : name.endsWith(".h5") || name.endsWith(".keras");
            return keras ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.empty(); // whoever opens it says what is wrong with it
        }
    }

    WeightStore weightStore(FetchListener listener) {
        return store.open(listener);
    }
}
