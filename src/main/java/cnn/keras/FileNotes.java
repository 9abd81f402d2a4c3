package cnn.keras;

import cnn.image.ColorMode;
import cnn.image.Reading;
import cnn.json.JsonObject;
import cnn.network.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a file says of its model besides architecture and weights.
 *
 * @param loss that it was compiled with, if it was
 * @param scaling how pixels are to be scaled, in the words of {@code --scale}; as our own exports say it
 * @param classes their names, as our own exports say them; empty if the file does not
 * @param reading how the pictures were read that it was trained with, as our own exports say it
 * @param kerasVersion of the Keras that wrote it
 * @param backend that it computed with
 */
public record FileNotes(
        Optional<CompiledLoss> loss,
        Optional<String> scaling,
        List<String> classes,
        Optional<Reading> reading,
        Optional<String> kerasVersion,
        Optional<String> backend) {
    static final FileNotes NONE = new FileNotes(
            Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final String VERSION = "keras_version";

    /** An archive names the backend only in the classes of what it was compiled with. */
    private static final Pattern BACKEND = Pattern.compile("\"keras\\.src\\.backend\\.(tensorflow|torch|jax|numpy)\\.");

    /** An attribute of an .h5, or a field of a .keras file's {@code metadata.json}. */
    public static final String SCALING = "cnn_scaling";

    /** As {@link #SCALING}: a JSON list of the names of the classes. */
    public static final String CLASSES = "cnn_classes";

    /** As {@link #SCALING}: an object that says how pictures are read, see {@link ReadingText}. */
    static final String READING = "cnn_reading";

    /** In {@code metadata.json}: the backend that a model computed with that was in another file of Keras's. */
    static final String BACKEND_FIELD = "cnn_backend";

    public FileNotes {
        classes = List.copyOf(classes);
    }

    /** What wrote the file, where that decides what it means. */
    Origin origin() {
        return kerasVersion.map(version -> Origin.of(version, backend)).orElse(Origin.UNKNOWN);
    }

    static FileNotes ofArchive(String config, JsonObject metadata) {
        JsonObject model = JsonObject.parse("model_config", config);
        Optional<CompiledLoss> loss =
                model.has("compile_config") ? CompiledLoss.of(model.object("compile_config")) : Optional.empty();
        return new FileNotes(
                loss,
                metadata.optionalText(SCALING),
                metadata.has(CLASSES) ? texts(metadata.list(CLASSES)) : List.of(),
                metadata.optionalObject(READING).map(FileNotes::reading),
                metadata.optionalText(VERSION),
                metadata.optionalText(BACKEND_FIELD)
                        .or(() -> BACKEND.matcher(config).results().findFirst().map(found -> found.group(1))));
    }

    /** @param attribute of the file, by its name */
    static FileNotes ofHdf5(Function<String, Optional<String>> attribute) {
        return new FileNotes(
                attribute
                        .apply("training_config")
                        .flatMap(text -> CompiledLoss.of(JsonObject.parse("training_config", text))),
                attribute.apply(SCALING),
                attribute
                        .apply(CLASSES)
                        .map(text -> texts(JsonObject.of(CLASSES, Map.of(CLASSES, JsonObject.value(CLASSES, text)))
                                .list(CLASSES)))
                        .orElse(List.of()),
                attribute.apply(READING).map(text -> reading(JsonObject.parse(READING, text))),
                attribute.apply(VERSION),
                attribute.apply("backend"));
    }

    private static Reading reading(JsonObject text) {
        return ReadingText.of(text, ColorMode.RGB);
    }

    private static List<String> texts(List<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(JsonObject.asText(CLASSES, value)));
        return texts;
    }
}
