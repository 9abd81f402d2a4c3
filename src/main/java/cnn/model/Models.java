package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.model.Provenance.WeightFile;
import cnn.network.Network;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.program.Precision;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The one door to models: from what the user asked for to a {@link Model} that is ready. */
public final class Models {
    private final WeightStore store;
    private final ForwardPasses passes;
    private final Optional<CalibrationFiles> calibrations;

    /**
     * @param store where weights are looked for
     * @param passes makes networks ready to compute
     */
    public Models(WeightStore store, ForwardPasses passes) {
        this(store, passes, Optional.empty());
    }

    /**
     * @param store where weights are looked for
     * @param passes makes networks ready to compute
     * @param calibrations where ranges are looked for with which networks are computed in int8, if they are to be
     */
    public Models(WeightStore store, ForwardPasses passes, Optional<CalibrationFiles> calibrations) {
        this.store = store;
        this.passes = passes;
        this.calibrations = calibrations;
    }

    /** Models of which one image at a time is computed, if any. */
    public Models(WeightStore store) {
        this(store, new ForwardPasses(Engine.ONEDNN, Precision.FP32, 1));
    }

    /**
     * Opens a network that classifies, and makes it ready to compute.
     *
     * @throws UserError if there is no such network, its output is not one of classes, or its weights are missing, damaged or
     *     another network's
     */
    public Model classifier(ModelRequest request) {
        Model model = open(request, Part.WHOLE, keras -> keras.answering(store));
        try {
            Shape output = model.network().output().outputShape();
            if (output.elements() != output.channels()) {
                throw UserError.weights("%s gives %s for an image, not a number for each class; for features: "
                                .formatted(model.name(), output)
                        + "cnn extract-features");
            }
            model.pass();
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /**
     * Opens as much of a network as is wanted. Its weights are found and verified.
     *
     * @throws UserError if there is no such network or layer, or its weights are missing, damaged or another network's
     */
    public Model open(ModelRequest request, Part part) {
        return open(request, part, KerasModel::network);
    }

    /**
     * Opens a model that is to be given back to Keras.
     *
     * @throws UserError as {@link #open(ModelRequest, Part)} does
     */
    public KerasExport export(ModelRequest request) {
        Optional<Path> architecture =
                request.savedModel().isPresent() ? Optional.empty() : KerasModel.architecture(request);
        if (architecture.isPresent()) {
            KerasModel keras = KerasModel.open(store, request, architecture.get());
            return WeightSource.closingOnFailure(keras::close, () -> KerasExport.of(keras));
        }
        Model model = open(request, Part.WHOLE);
        return WeightSource.closingOnFailure(model::close, () -> KerasExport.of(model));
    }

    /** @param ofKeras of a whole model that Keras saved it, or it with what makes probabilities of its output */
    private Model open(ModelRequest request, Part part, Function<KerasModel, Network> ofKeras) {
        if (request.savedModel().isPresent()) {
            return saved(request.savedModel().get(), request, part);
        }
        Optional<Path> architecture = KerasModel.architecture(request);
        if (architecture.isPresent()) {
            return keras(request, architecture.get(), part, ofKeras);
        }
        ZooNetwork wanted = new ZooNetwork(Zoo.named(request.name()), request, part);
        if (!request.randomWeights()) {
            return fromFile(wanted);
        }
        Network network = wanted.network(List.of());
        ZooModel model = wanted.model();
        return ready(
                random(network, model.name(), wanted.outputs(network), request.seed(), wanted.preprocessing()),
                Optional.empty(),
                request);
    }

    /** Lets a model compute in int8, if it is to. */
    private Model ready(Model model, Optional<CalibrationText> inside, ModelRequest request) {
        calibrations.ifPresent(files -> {
            model.quantize(files.find(model, inside, request));
            if (!request.randomWeights()) {
                model.keep(files.kernels(model));
            }
            model.inFloat()
                    .forEach(step -> store.detail("%s stays in fp32: %s".formatted(step.layer(), step.reason())));
        });
        return model;
    }

    /**
     * Opens a saved model.
     *
     * @param baseWeights its base's weights where they are not where the store looks
     * @throws UserError as {@link #open(ModelRequest, Part)} does
     */
    public Model open(Path file, Optional<Path> baseWeights) {
        return saved(file, new ModelRequest(file.toString(), baseWeights, false, 0, Optional.empty()), Part.WHOLE);
    }

    /** A network with random weights that is to be trained. */
    public Model untrained(Network network, long seed, Preprocessing preprocessing) {
        return random(network, network.name(), List.of(network.output().name()), seed, preprocessing);
    }

    /** What a model file describes; its base is not looked for. */
    public static SavedModel describe(Path file) {
        try (SavedModelFile saved = SavedModelFile.open(file)) {
            return saved.model();
        }
    }

    private Model random(Network network, String name, List<String> outputs, long seed, Preprocessing preprocessing) {
        Provenance provenance = new Provenance(
                name,
                preprocessing,
                Labels.of(network.output().outputShape().channels()),
                "random weights 1 of seed " + seed,
                Optional.empty(),
                Optional.empty());
        return new Model(network, outputs, provenance, WeightSource.of(new RandomWeights(seed)), passes);
    }

    /** A network of the zoo, or one that somebody saved with Keras. */
    private Model fromFile(ZooNetwork asked) {
        Optional<Path> named = asked.request().weights();
        ZooNetwork wanted = named.isPresent() ? asked : asked.withWeightsOfSize(store);
        VerifiedFile file = named.isPresent()
                ? store.ledger().identify(named.get())
                : wanted.published(store, calibrations.isPresent());
        boolean oneForm = named.isEmpty() && wanted.model().forms().size() == 1;
        if (oneForm && !wanted.part().whole() && !file.firstUse()) {
            // A run that finds all features in the cache opens no file.
            Network network = wanted.network(List.of());
            Provenance provenance = wanted.provenance(wanted.model().name(), network, file);
            WeightSource source = WeightSource.later(() -> {
                KerasFile keras = KerasFile.open(file.path());
                return WeightSource.closingOnFailure(
                        keras::close, () -> WeightSource.of(wanted.match(keras).weights(), keras::close));
            });
            return ready(
                    new Model(network, wanted.outputs(network), provenance, source, passes),
                    Optional.empty(),
                    asked.request());
        }
        KerasFile keras = KerasFile.open(file.path());
        return WeightSource.closingOnFailure(keras::close, () -> {
            ZooNetwork.Matched matched = wanted.match(keras);
            if (file.firstUse()) {
                FirstUse.check(store, wanted.model(), file, named.isEmpty(), matched.weights());
            }
            Network network = matched.network();
            Provenance provenance = wanted.provenance(matched.name(), network, file);
            WeightSource source = WeightSource.of(matched.weights(), keras::close);
            return ready(
                    new Model(network, matched.outputs(), provenance, source, passes),
                    Optional.empty(),
                    asked.request());
        });
    }

    private Model keras(ModelRequest request, Path architecture, Part part, Function<KerasModel, Network> network) {
        KerasModel keras = KerasModel.open(store, request, architecture);
        return WeightSource.closingOnFailure(keras::close, () -> {
            Network opened = network.apply(keras);
            if (!part.whole()) {
                keras.tell(store);
            }
            List<String> outputs = part.outputs(opened, request.name(), keras::featureLayer);
            String fileName =
                    request.weights().orElse(architecture).getFileName().toString();
            Provenance provenance = new Provenance(
                    keras.network().name(),
                    keras.scaling(),
                    keras.labels(),
                    "weights " + keras.sha256(),
                    Optional.empty(),
                    Optional.of(new WeightFile(keras.network().name(), fileName, keras.sha256())),
                    keras.file().notes().reading());
            WeightSource source = WeightSource.of(keras.weights(), keras::close);
            return ready(new Model(opened, outputs, provenance, source, passes), Optional.empty(), request);
        });
    }

    private Model saved(Path path, ModelRequest request, Part part) {
        if (request.randomWeights()) {
            throw UserError.usage("--weights none: " + path + " has been trained; leave it out");
        }
        SavedModelFile file = SavedModelFile.open(path);
        return WeightSource.closingOnFailure(file::close, () -> {
            SavedModel model = file.model();
            Network network = ModelDescription.resized(model, request);
            List<String> outputs = part.outputs(network, request.name(), model::lastBelowHead);
            WholeWeights whole = WholeWeights.of(store, file, path, request.weights());
            Provenance provenance = new Provenance(
                    request.name(),
                    model.preprocessing(),
                    model.labels(),
                    whole.identity(),
                    Optional.of(model),
                    Optional.empty());
            Optional<CalibrationText> inside = calibrations.flatMap(files -> file.calibration());
            return ready(new Model(network, outputs, provenance, whole.source(), passes), inside, request);
        });
    }
}
