package cnn.model;

import cnn.UserError;
import cnn.keras.CompileConfig;
import cnn.keras.ExportNotes;
import cnn.keras.ExportedModel;
import cnn.keras.Keras3File;
import cnn.keras.KerasVersion;
import cnn.keras.WholeModelFile;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Optimizer;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A model that is given back to Keras; holds files until it is closed. */
public final class KerasExport implements AutoCloseable {
    /** Outer models that have no name of their own. */
    private static final String NAME = "classifier";

    private static final Map<String, String> OPTIMIZERS = Map.of(
            "rmsprop", "RMSprop",
            "adam", "Adam",
            "sgd", "SGD",
            "adadelta", "Adadelta",
            "adamw", "AdamW",
            "nadam", "Nadam",
            "adagrad", "Adagrad");

    /** What besides the learning rate decides what they do, as {@link Optimizer#settings} and Keras call it. */
    private static final List<String> ARGUMENTS = List.of(
            "momentum",
            "nesterov",
            "rho",
            "centered",
            "beta_1",
            "beta_2",
            "amsgrad",
            "epsilon",
            "initial_accumulator_value",
            "weight_decay",
            "clipnorm");

    /** The kinds of file. */
    public enum Format {
        KERAS,
        H5
    }

    private final ExportedModel model;
    private final Optional<Network> plain;
    private final Optional<Preprocessing> outside;
    private final ExportNotes notes;
    private final Origin origin;
    private final WeightSource source;

    /**
     * Where it comes from.
     *
     * @param name for messages
     * @param writer that the layers are of
     * @param converted whether Keras saved it
     * @param calibrated whether it holds what held-out images say of its probabilities
     */
    private record Origin(String name, KerasVersion writer, boolean converted, boolean calibrated) {}

    /**
     * @param plain the network, if it is one model all of which is trained, so that Keras 2 can read it too
     * @param outside how pixels are scaled before it; empty if that is but a guess
     */
    private KerasExport(
            ExportedModel model,
            Optional<Network> plain,
            Optional<Preprocessing> outside,
            ExportNotes notes,
            Origin origin,
            WeightSource source) {
        this.model = model;
        this.plain = plain;
        this.outside = outside;
        this.notes = notes;
        this.origin = origin;
        this.source = source;
    }

    /** Of a network by name, or of a saved model, which is closed with this. */
    static KerasExport of(Model model) {
        Network network = model.network();
        Optional<SavedModel> saved = model.saved();
        Optional<String> base = saved.flatMap(SavedModel::base)
                .map(SavedModel.Base::output)
                .filter(output -> !output.equals(network.output().name()));
        return new KerasExport(
                base.map(output -> ExportedModel.onBase(NAME, network, output, trained(saved.get(), output)::contains))
                        .orElseGet(() -> ExportedModel.of(network, layer -> true)),
                base.isEmpty() ? Optional.of(network) : Optional.empty(),
                Optional.of(model.preprocessing()),
                new ExportNotes(
                        Optional.of(model.preprocessing().word()),
                        names(model.labels()),
                        model.reading(),
                        saved.map(KerasExport::compiled)),
                new Origin(
                        model.name(),
                        KerasVersion.OLDEST,
                        false,
                        saved.flatMap(SavedModel::calibration).isPresent()),
                WeightSource.of(model.weights(), model::close));
    }

    /** Of a model that Keras saved, which is closed with this. */
    static KerasExport of(KerasModel keras) {
        boolean told = keras.scaled().note().isEmpty();
        Optional<Preprocessing> scaling = told ? Optional.of(keras.scaling()) : Optional.empty();
        boolean inside = keras.network() != keras.layout().network();
        return new KerasExport(
                keras.file().exported(keras.layout(), keras.request().keras().outputLayer()),
                Optional.empty(),
                inside ? Optional.of(Preprocessing.RAW) : scaling,
                new ExportNotes(
                        scaling.map(Preprocessing::word),
                        names(keras.labels()),
                        keras.file().notes().reading(),
                        keras.file().compiled()),
                new Origin(keras.file().path().toString(), keras.file().exportVersion(), true, false),
                WeightSource.of(keras.weights(), keras::close));
    }

    /**
     * Writes the file.
     *
     * @param inside whether the model is to scale pixels itself; by default in a .keras file, unless Keras saved it
     * @param out takes the bytes in their order; it may keep the arrays
     * @throws UserError of kind USAGE if it is to scale pixels and nothing tells how
     */
    public void write(Format format, Optional<Boolean> inside, Consumer<byte[]> out) {
        boolean scales = inside.orElse(format == Format.KERAS && !origin.converted());
        if (scales && outside.isEmpty()) {
            throw UserError.usage("--with-scaling: nothing in %s tells how pixels are scaled; say it with --scale"
                    .formatted(origin.name()));
        }
        ScalingLayers front = new ScalingLayers(scales ? outside.get() : Preprocessing.RAW);
        ExportedModel whole =
                model.behind(front.nodes(model.input(), model.shapes().get(model.input())));
        Weights weights = front.with(source.weights());
        if (format == Format.KERAS) {
            Keras3File.writeArchive(whole, notes, origin.writer(), weights, out);
        } else if (plain.isPresent() && whole.equals(model)) {
            WholeModelFile.write(plain.get(), notes, weights, out);
        } else {
            Keras3File.writeH5(whole, notes, origin.writer(), weights, out);
        }
    }

    /** What the model holds for which Keras's files have no place, in a line. */
    public Optional<String> leftOut() {
        return origin.calibrated()
                ? Optional.of(
                        ("%s holds a calibration, for which Keras files have no place: --calibrated, --coverage and "
                                        + "--novelty need that file")
                                .formatted(origin.name()))
                : Optional.empty();
    }

    @Override
    public void close() {
        source.close();
    }

    /** Layers that Keras is to train: those of the head, and those of the base that were trained here. */
    private static Set<String> trained(SavedModel saved, String baseOutput) {
        Set<String> trained = saved.network().above(baseOutput).nodes().stream()
                .skip(1)
                .map(node -> node.name())
                .collect(Collectors.toSet());
        trained.addAll(saved.trained());
        return trained;
    }

    /** Names that are not those which outputs have where nobody named them. */
    private static List<String> names(Labels labels) {
        return labels.equals(Labels.of(labels.size()))
                ? List.of()
                : labels.labels().stream().map(Labels.Label::name).toList();
    }

    /** So that {@code fit} goes on with folders of images as {@code image_dataset_from_directory} reads them. */
    private static CompileConfig compiled(SavedModel saved) {
        boolean binary = saved.network().output().outputShape().channels() == 1;
        Map<String, Object> settings = saved.training().settings();
        Optional<String> optimizer = Optional.ofNullable(OPTIMIZERS.get(String.valueOf(settings.get("optimizer"))));
        Map<String, Object> arguments = optimizer.isPresent() ? arguments(settings) : Map.of();
        return CompileConfig.of(
                binary ? "binary_crossentropy" : "sparse_categorical_crossentropy", optimizer, arguments);
    }

    /** The arguments of a training's optimizer that are not what Keras takes where it is told nothing. */
    private static Map<String, Object> arguments(Map<String, Object> settings) {
        String id = String.valueOf(settings.get("optimizer"));
        Map<String, Object> arguments = new LinkedHashMap<>();
        Object rate = settings.getOrDefault("finetune_learning_rate", settings.get("learning_rate"));
        if (rate instanceof Number) {
            arguments.put("learning_rate", rate);
        }
        Map<String, Object> own = Optimizer.named(id, OptionalDouble.empty()).settings();
        Map<String, Object> ofKeras = new LinkedHashMap<>(own);
        ofKeras.replace("momentum", 0.0);
        for (String name : ARGUMENTS) {
            Object value = settings.getOrDefault(name, own.get(name));
            if (value != null && !value.equals(ofKeras.get(name))) {
                arguments.put(name, value);
            }
        }
        return arguments;
    }
}
