package cnn.shard;

import cnn.IoReason;
import cnn.UserError;
import cnn.data.InputRange;
import cnn.data.Shard;
import cnn.files.PartFile;
import cnn.files.Sha256;
import cnn.json.Json;
import cnn.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is noted beside the rows of a shard when they are whole, as {@code FILE.shard}: which inputs they are of, and what they
 * were made with.
 *
 * @param shard its place among the others
 * @param inputs in all shards
 * @param first the shard's first input, from 0
 * @param rows how many inputs it has rows of
 * @param failed of these
 * @param settings by name, whatever decides what rows are
 * @param names the hash of the names of all inputs
 * @param hashes of the files with the rows, in the order that they are named in
 */
public record ShardNote(
        Shard shard,
        long inputs,
        long first,
        long rows,
        long failed,
        Map<String, String> settings,
        String names,
        List<String> hashes) {
    private static final String MARK = "shard 1";

    /** Where it is. */
    public static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".shard");
    }

    /** @param files with the rows, whole by now */
    public static ShardNote of(InputRange range, long failed, Map<String, String> settings, List<Path> files) {
        return new ShardNote(
                range.shard(),
                range.inputs(),
                range.first(),
                range.size(),
                failed,
                settings,
                range.names().toString(),
                files.stream().map(ShardNote::hash).toList());
    }

    /** Writes it beside the rows. */
    public void write(Path file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cnn", MARK);
        fields.put("shard", shard.number());
        fields.put("of", shard.of());
        fields.put("inputs", inputs);
        fields.put("first", first);
        fields.put("rows", rows);
        fields.put("failed", failed);
        fields.put("settings", settings);
        fields.put("names_sha256", names);
        fields.put("sha256", hashes);
        Path place = beside(file);
        try (PartFile part = PartFile.beside(place)) {
            part.write((Json.text(fields) + "\n").getBytes(StandardCharsets.UTF_8));
            part.moveTo(place);
        } catch (IOException e) {
            throw UserError.data("cannot write %s: %s".formatted(place, IoReason.of(e)), e);
        }
    }

    /**
     * Reads the note beside a file.
     *
     * @throws UserError if there is none
     */
    static ShardNote read(Path file) {
        Path place = beside(file);
        try {
            JsonObject note = JsonObject.parse(place.toString(), Files.readString(place));
            if (!MARK.equals(note.text("cnn"))) {
                throw UserError.data("not a note of this tool");
            }
            Map<String, String> settings = new LinkedHashMap<>();
            note.map("settings").forEach((name, value) -> settings.put(name, String.valueOf(value)));
            return new ShardNote(
                    new Shard(note.integer("shard"), note.integer("of")),
                    note.whole("inputs"),
                    note.whole("first"),
                    note.whole("rows"),
                    note.whole("failed"),
                    settings,
                    note.text("names_sha256"),
                    note.texts("sha256"));
        } catch (UserError e) {
            throw UserError.data("cannot use %s: %s".formatted(place, e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw UserError.data(
                    "%s is no shard, or one that was cut off: there is no %s".formatted(file, place.getFileName()), e);
        } catch (IOException e) {
            throw UserError.data("cannot read %s: %s".formatted(place, IoReason.of(e)), e);
        }
    }

    /**
     * Lets files pass that are as they were when this was noted.
     *
     * @throws UserError if one is not
     */
    void check(List<Path> files) {
        for (int i = 0; i < hashes.size(); i++) {
            if (!hash(files.get(i)).equals(hashes.get(i))) {
                throw UserError.data(files.get(i) + " was changed since its shard was finished; run that again");
            }
        }
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(file).toString();
        } catch (IOException e) {
            throw UserError.data("cannot read %s: %s".formatted(file, IoReason.of(e)), e);
        }
    }
}
