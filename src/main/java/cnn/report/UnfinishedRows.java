package cnn.report;

import cnn.Counted;
import cnn.UserError;
import cnn.data.ImageInput;
import cnn.files.PartFile;
import cnn.json.Json;
import cnn.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rows of a run that is not finished: FILE.part, and FILE.part.json with a line that says what they are made with and a
 * line for each batch, which is added when its rows are written and says how far they are. So what it says is true whenever
 * the process dies, and what lies behind it is cut off by the next.
 *
 * @param part the file of rows
 */
record UnfinishedRows(PartFile part) {
    private static final String MARK = "unfinished rows 1";

    /** What a run left: its settings by name, and how far it came. */
    private record Found(Map<String, String> settings, Optional<Answered> answered) {}

    /** Where it is said how far the rows in that file are. */
    static Path journal(Path part) {
        return part.resolveSibling(part.getFileName() + ".json");
    }

    /**
     * Lets the file be replaced or gone on with.
     *
     * @throws UserError if something is in it that no run of this tool left
     */
    void refuseStrangers() throws IOException {
        if (!isEmpty() && find().isEmpty()) {
            throw UserError.usage(
                    "%s is there, and is not what an unfinished run left; move it away, or name another file with -o"
                            .formatted(part.file()));
        }
    }

    /**
     * Begins, or goes on behind the rows that are there.
     *
     * @param inputs of the whole run; those that have rows are taken from it
     * @param notes hears what is done, in words for the user
     * @return what is there already
     * @throws UserError if the rows that are there are of other settings or inputs, or were changed
     */
    RowCount begin(Map<String, String> settings, Iterator<ImageInput> inputs, boolean resume, Consumer<String> notes)
            throws IOException {
        Optional<Found> found = find();
        Optional<Answered> before = found.flatMap(Found::answered);
        RowCount count = new RowCount();
        if (resume && before.isPresent()) {
            check(found.get().settings(), settings);
            count.skip(before.get(), part.channel(), inputs);
            check(before.get(), count.answered());
            notes.accept("going on behind the " + Counted.of(before.get().inputs(), "image") + " of " + part.file());
        } else if (resume) {
            notes.accept("there is no " + part.file() + " to go on from; starting with the first image");
        } else {
            before.ifPresent(
                    dropped -> notes.accept("starting anew, without the %s of %s; --resume would go on from there"
                            .formatted(Counted.of(dropped.inputs(), "image"), part.file())));
        }
        part.channel().truncate(count.answered().bytes());
        part.channel().position(count.answered().bytes());
        write(settings, before.filter(kept -> resume));
        return count;
    }

    /** Adds that the rows have come that far. */
    void add(Answered answered) throws IOException {
        Files.writeString(journal(part.file()), answered.json() + "\n", StandardOpenOption.APPEND);
    }

    boolean isEmpty() throws IOException {
        return part.channel().size() == 0;
    }

    /** Takes away what tells of the rows, when they are finished. */
    void finish() throws IOException {
        Files.deleteIfExists(journal(part.file()));
    }

    /** Takes all of it away. */
    void delete() throws IOException {
        Files.deleteIfExists(journal(part.file()));
        Files.deleteIfExists(part.file());
    }

    private void write(Map<String, String> settings, Optional<Answered> answered) throws IOException {
        String first = Json.text(Map.of("cnn", MARK, "settings", settings)) + "\n";
        String last = answered.map(line -> line.json() + "\n").orElse("");
        try (PartFile fresh = PartFile.beside(journal(part.file()))) {
            fresh.write((first + last).getBytes(StandardCharsets.UTF_8));
            fresh.moveTo(journal(part.file()));
        }
    }

    private Optional<Found> find() throws IOException {
        try {
            byte[] journal = Files.readAllBytes(journal(part.file()));
            List<String> lines =
                    new String(journal, StandardCharsets.UTF_8).lines().toList();
            JsonObject first = JsonObject.parse("first line", lines.isEmpty() ? "" : lines.get(0));
            if (!MARK.equals(first.text("cnn"))) {
                return Optional.empty();
            }
            Map<String, String> settings = new LinkedHashMap<>();
            first.object("settings")
                    .fields()
                    .forEach((name, value) -> settings.put(String.valueOf(name), String.valueOf(value)));
            Optional<Answered> last = lines.stream()
                    .skip(1)
                    .flatMap(line -> Answered.parse(line).stream())
                    .reduce((one, next) -> next);
            return Optional.of(new Found(settings, last));
        } catch (NoSuchFileException | UserError e) {
            return Optional.empty();
        }
    }

    private void check(Map<String, String> found, Map<String, String> wanted) {
        wanted.forEach((name, value) -> {
            String other = found.getOrDefault(name, "none");
            if (!other.equals(value)) {
                throw UserError.usage(
                        "%s is of another command line, with %s %s, not %s; go on with that, or start anew without --resume"
                                .formatted(part.file(), name, other, value));
            }
        });
    }

    private void check(Answered before, Answered found) {
        if (found.rowsCrc32c() != before.rowsCrc32c() || found.bytes() != before.bytes()) {
            throw UserError.data(part.file() + " was changed since its run was cut off; start anew without --resume");
        }
        if (found.namesCrc32c() != before.namesCrc32c() || found.inputs() != before.inputs()) {
            throw UserError.usage(
                    "%s is of another command line: the first %s are not those it has rows of; start anew without --resume"
                            .formatted(part.file(), Counted.of(before.inputs(), "image")));
        }
    }
}
