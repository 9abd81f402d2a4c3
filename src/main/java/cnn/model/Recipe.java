package cnn.model;

import cnn.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What it takes, besides images and weights, to train a model to the same bytes again, and to say what is another than it was.
 *
 * @param command {@code train} or {@code finetune}
 * @param options that were given and decide the result, as {@code --name=value}; files by their plain names
 * @param files the sha256 of each of these, 64 hex digits
 * @param threads cores used; empty where any number gives the same bytes
 * @param processor its kind
 * @param versions of the tool and of what computes for it
 * @param contents for each class the first digits of the images' sha256s, in order; empty where there are too many images
 */
public record Recipe(
        String command,
        List<String> options,
        Map<String, String> files,
        OptionalInt threads,
        String processor,
        String versions,
        Map<String, List<String>> contents) {

    public Recipe {
        options = List.copyOf(options);
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        Map<String, List<String>> copy = new TreeMap<>();
        contents.forEach(
                (name, digits) -> copy.put(name, digits.stream().sorted().toList()));
        contents = Collections.unmodifiableMap(copy);
    }

    /** As a model file keeps it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("command", command);
        fields.put("options", options);
        fields.put("files", files);
        threads.ifPresent(number -> fields.put("threads", number));
        fields.put("processor", processor);
        fields.put("versions", versions);
        fields.put("contents", contents);
        return fields;
    }

    static Recipe of(JsonObject fields) {
        JsonObject files = fields.object("files");
        Map<String, String> sha256s = new LinkedHashMap<>();
        files.copy().keySet().forEach(name -> sha256s.put(name, files.text(name)));
        JsonObject contents = fields.object("contents");
        Map<String, List<String>> digits = new LinkedHashMap<>();
        contents.copy().keySet().forEach(name -> digits.put(name, contents.texts(name)));
        return new Recipe(
                fields.text("command"),
                fields.texts("options"),
                sha256s,
                fields.has("threads") ? OptionalInt.of(fields.integer("threads")) : OptionalInt.empty(),
                fields.text("processor"),
                fields.text("versions"),
                digits);
    }
}
