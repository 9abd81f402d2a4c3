package cnn.keras;

import cnn.image.Reading;
import cnn.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file that is written for Keras says of its model besides architecture and weights; {@link FileNotes} reads it.
 *
 * @param scaling how pixels are scaled for it, in the words of {@code --scale}, whether it does so itself or not
 * @param classes their names; empty if they have none
 * @param reading how the pictures were read that it was trained with, if that is known
 * @param compiled loss, optimizer and metrics, if it is to be compiled
 */
public record ExportNotes(
        Optional<String> scaling, List<String> classes, Optional<Reading> reading, Optional<CompileConfig> compiled) {
    static final ExportNotes NONE = new ExportNotes(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public ExportNotes {
        classes = List.copyOf(classes);
    }

    /** As attributes of an .h5. */
    void putInto(Hdf5Group root) {
        scaling.ifPresent(word -> root.put(FileNotes.SCALING, word));
        if (!classes.isEmpty()) {
            root.put(FileNotes.CLASSES, Json.text(classes));
        }
        reading.ifPresent(known -> root.put(FileNotes.READING, Json.text(ReadingText.fields(known))));
        compiled.ifPresent(config -> root.put("training_config", Json.text(config.legacy())));
    }

    /** As {@code metadata.json} of a .keras file. */
    Map<String, Object> metadata(KerasVersion writer, String date) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("keras_version", writer.version());
        metadata.put("date_saved", date);
        writer.backend().ifPresent(backend -> metadata.put(FileNotes.BACKEND_FIELD, backend));
        scaling.ifPresent(word -> metadata.put(FileNotes.SCALING, word));
        if (!classes.isEmpty()) {
            metadata.put(FileNotes.CLASSES, classes);
        }
        reading.ifPresent(known -> metadata.put(FileNotes.READING, ReadingText.fields(known)));
        return metadata;
    }
}
