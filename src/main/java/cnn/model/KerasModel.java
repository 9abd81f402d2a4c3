package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.keras.NetworkLayout;
import cnn.network.Network;
import cnn.network.Shape;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole model that Keras saved, with its weights or those of another file.
 *
 * @param file that holds the architecture
 * @param network of the layers above those that scale pixels, if these are our export's: pixels are scaled before then, as
 *     they were for the model that was exported
 * @param weights of all layers; valid until this is closed
 * @param sha256 of the file with the weights, 64 hex digits
 * @param scaled how pixels are scaled for it
 */
public record KerasModel(
        ModelRequest request,
        KerasFile file,
        NetworkLayout layout,
        Network network,
        KerasWeights weights,
        String sha256,
        KerasScaling scaled)
        implements AutoCloseable {
    private static final int RGB = 3;

    /** The file that holds the architecture that is asked for, if a network of the zoo is not. */
    public static Optional<Path> architecture(ModelRequest request) {
        if (request.keras().file().isPresent() || !request.keras().anyNetwork()) {
            return request.keras().file();
        }
        return request.weights().filter(KerasModel::isWhole);
    }

    /**
     * Opens a model.
     *
     * @param architecture see {@link #architecture}
     * @throws UserError of kind WEIGHTS if it is damaged, or not a network that there is here
     */
    public static KerasModel open(WeightStore store, ModelRequest request, Path architecture) {
        if (request.randomWeights()) {
            throw UserError.usage("--weights none: %s has weights; leave it out".formatted(architecture));
        }
        VerifiedFile verified = store.ledger().identify(request.weights().orElse(architecture));
        KerasFile file = openWhole(architecture);
        try {
            NetworkLayout layout = layout(file, request);
            KerasFile values = verified.path().equals(architecture) ? file : KerasFile.open(verified.path());
            return WeightSource.closingOnFailure(
                    values::close, () -> open(store, request, file, layout, values, verified));
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** @param values the file with the weights */
    private static KerasModel open(
            WeightStore store,
            ModelRequest request,
            KerasFile file,
            NetworkLayout layout,
            KerasFile values,
            VerifiedFile verified) {
        KerasWeights weights = KerasWeights.match(values, layout);
        if (verified.firstUse()) {
            FirstUse.checkFinite(store, verified, weights);
        }
        Optional<ScalingLayers> inside = request.keras().scale().isPresent()
                ? Optional.empty()
                : file.notes()
                        .scaling()
                        .flatMap(Preprocessing::named)
                        .map(ScalingLayers::new)
                        .filter(layers -> layers.begin(layout.network(), weights));
        Network network = inside.map(layers -> layers.above(layout.network())).orElse(layout.network());
        KerasScaling scaling = inside.map(layers -> new KerasScaling(layers.scaling(), Optional.empty()))
                .orElseGet(() -> KerasScaling.of(
                        file.path().toString(),
                        file.notes(),
                        layout.scaling().seenIn(weights),
                        request.keras().scale()));
        return new KerasModel(request, file, layout, network, weights, verified.sha256(), scaling);
    }

    /** What a model is made of; its weights are not looked for. */
    public static NetworkLayout describe(ModelRequest request) {
        try (KerasFile file = openWhole(architecture(request).orElseThrow())) {
            return layout(file, request);
        }
    }

    /** How pixels are scaled for it. */
    public Preprocessing scaling() {
        return scaled.preprocessing();
    }

    /** Says what the user should know of how pixels are scaled. */
    void tell(WeightStore store) {
        scaled.note().ifPresent(store::note);
    }

    /** The layer whose output is the features, where none is named: what goes into the last dense layer. */
    String featureLayer() {
        return HeadPlace.belowLastDense(network());
    }

    /** The network that gives probabilities; says what the user should know of how it comes to them. */
    Network answering(WeightStore store) {
        Answers answers = Answers.of(
                file.path().toString(),
                network(),
                file.notes().loss(),
                request.keras().lastLayer());
        tell(store);
        answers.note().ifPresent(store::note);
        return answers.network();
    }

    /** The names of the classes that it tells apart. */
    Labels labels() {
        return labels(request, network(), file.notes().classes());
    }

    /**
     * The names of the classes of a network: those that the user names, else those of the file, else ImageNet's where there
     * are as many.
     */
    static Labels labels(ModelRequest request, Network network, List<String> stored) {
        int classes = Math.max(2, network.output().outputShape().channels());
        if (request.keras().labels().isPresent()) {
            Path file = request.keras().labels().get();
            Labels given = LabelsFile.read(file);
            if (given.size() != classes) {
                throw UserError.data("--labels %s names %d classes; %s tells %d apart"
                        .formatted(file, given.size(), request.name(), classes));
            }
            return given;
        }
        if (stored.size() == classes) {
            return new Labels(
                    stored.stream().map(name -> new Labels.Label(name, name)).toList());
        }
        return Labels.of(classes);
    }

    @Override
    public void close() {
        weights.close();
        file.close();
    }

    private static boolean isWhole(Path path) {
        try (KerasFile file = KerasFile.open(path)) {
            return file.modelConfig().isPresent();
        }
    }

    private static KerasFile openWhole(Path path) {
        KerasFile file = KerasFile.open(path);
        if (file.modelConfig().isEmpty()) {
            file.close();
            throw UserError.weights("%s holds weights without their network; name that: -m NAME|MODEL --weights %s"
                    .formatted(path, path));
        }
        return file;
    }

    private static NetworkLayout layout(KerasFile file, ModelRequest request) {
        Optional<Shape> size = request.inputSize().map(given -> Shape.of(given.height(), given.width(), RGB));
        return file.layout(size, request.keras().outputLayer()).orElseThrow();
    }
}
