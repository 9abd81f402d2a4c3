package cnn.keras;

import cnn.network.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a file says of its model besides architecture and weights.
 *
 * @param loss that it was compiled with, if it was
 * @param scaling how pixels are to be scaled, in the words of {@code --scale}; as our own exports say it
 * @param classes their names, as our own exports say them; empty if the file does not
 * @param origin what wrote it
 */
public record FileNotes(Optional<CompiledLoss> loss, Optional<String> scaling, List<String> classes, Origin origin) {
    static final FileNotes NONE = new FileNotes(Optional.empty(), Optional.empty(), List.of(), Origin.UNKNOWN);

    /** An attribute of an .h5, or a field of a .keras file's {@code metadata.json}. */
    public static final String SCALING = "cnn_scaling";

    /** As {@link #SCALING}: a JSON list of the names of the classes. */
    public static final String CLASSES = "cnn_classes";

    public FileNotes {
        classes = List.copyOf(classes);
    }

    static FileNotes ofArchive(String config, JsonObject metadata) {
        JsonObject model = JsonObject.parse(config);
        Optional<CompiledLoss> loss =
                model.has("compile_config") ? CompiledLoss.of(model.object("compile_config")) : Optional.empty();
        return new FileNotes(
                loss,
                metadata.optionalText(SCALING),
                metadata.has(CLASSES) ? texts(metadata.list(CLASSES)) : List.of(),
                origin(metadata.optionalText("keras_version"), Optional.empty()));
    }

    /** @param attribute of the file, by its name */
    static FileNotes ofHdf5(Function<String, Optional<String>> attribute) {
        return new FileNotes(
                attribute.apply("training_config").flatMap(text -> CompiledLoss.of(JsonObject.parse(text))),
                attribute.apply(SCALING),
                attribute
                        .apply(CLASSES)
                        .map(text -> texts(JsonObject.of(CLASSES, Map.of(CLASSES, JsonObject.value(text)))
                                .list(CLASSES)))
                        .orElse(List.of()),
                origin(attribute.apply("keras_version"), attribute.apply("backend")));
    }

    private static Origin origin(Optional<String> version, Optional<String> backend) {
        return version.map(text -> Origin.of(text, backend)).orElse(Origin.UNKNOWN);
    }

    private static List<String> texts(List<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(JsonObject.asText(CLASSES, value)));
        return texts;
    }
}
