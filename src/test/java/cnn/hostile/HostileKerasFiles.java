package cnn.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keras files from strangers: datasets in other files, configurations that lie, bytes changed anywhere. */
final class HostileKerasFiles {
    private static final Path TINY = Path.of("src/test/resources/cnn/keras/tiny.h5");
    private static final Path SMALL = Path.of("src/test/resources/cnn/keras/small.keras");
    private static final int LARGEST_SEED_BYTES = 300_000;
    private static final int TRIES = 20;

    private final long seed;
    private final Path folder;
    private final List<Map.Entry<String, byte[]>> elsewhere;
    private final List<Path> sound = sound();

    HostileKerasFiles(long seed, Path folder) {
        this.seed = seed;
        this.folder = folder;
        elsewhere = List.copyOf(new CraftedHdf5(bytes(TINY)).all().entrySet());
        Corpus.put(folder.resolve("other.h5"), bytes(TINY));
    }

    /** How many have their data elsewhere. */
    int elsewhere() {
        return elsewhere.size();
    }

    Case at(int index) {
        Path file = folder.resolve("keras-%05d.h5".formatted(index));
        Random random = new Random(seed + index);
        if (index < elsewhere.size()) {
            Corpus.put(file, elsewhere.get(index).getValue());
            return new Case(elsewhere.get(index).getKey(), file, words(file, 1), Set.of(4));
        }
        int known = index - elsewhere.size();
        if (known < ConfigMutation.known()) {
            Optional<byte[]> changed = withConfig(bytes(TINY), json -> ConfigMutation.known(json, known));
            Corpus.put(file, changed.orElse(bytes(TINY)));
            return new Case("model_config: " + ConfigMutation.name(known), file, words(file, 1), Set.of(0, 1, 4));
        }
        Path from = sound.get(random.nextInt(sound.size()));
        byte[] bytes = bytes(from);
        Optional<byte[]> changed = Optional.empty();
        for (int i = 0; i < TRIES && changed.isEmpty() && index % 3 == 0; i++) {
            changed = withConfig(bytes, json -> ConfigMutation.random(json, random));
        }
        String what = changed.isPresent() ? "model_config of " : "damaged ";
        Corpus.put(file, changed.orElseGet(() -> Mutation.of(bytes, random)));
        return new Case(what + from.getFileName(), file, words(file, random.nextInt(4)), Set.of(0, 1, 4));
    }

    private static List<String> words(Path file, int kind) {
        return kind == 0
                ? List.of("summary", "-m", file.toString())
                : List.of(
                        "classify",
                        "-m",
                        file.toString(),
                        Path.of("sample-images/daisy.jpg").toAbsolutePath().toString());
    }

    /** The file with another configuration in the place of its own, filled up with blanks; nothing where there is no room. */
    private static Optional<byte[]> withConfig(byte[] file, UnaryOperator<String> change) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("{\"class_name\"");
        int to = from < 0 ? -1 : text.indexOf('\0', from);
        if (to < 0) {
            return Optional.empty();
        }
        String changed;
        try {
            changed = change.apply(text.substring(from, to));
        } catch (UncheckedIOException e) {
            return Optional.empty(); // the text was not all in one piece
        }
        byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
        int room = to - from - bytes.length;
        return room < 0
                ? Optional.empty()
                : Optional.of(new Bytes()
                        .raw(file, 0, from)
                        .raw(bytes)
                        .text(" ".repeat(room))
                        .raw(file, to, file.length)
                        .done());
    }

    /** The project's own files, and the small ones beside it. */
    private static List<Path> sound() {
        List<Path> files = new ArrayList<>(List.of(TINY, TINY, SMALL));
        for (Path folder : List.of(Beside.folder("keras-h5"), Beside.folder("keras-files"))) {
            try (Stream<Path> found = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
                found.filter(file -> file.toString().matches(".*[.](h5|keras)")
                                && file.toFile().length() < LARGEST_SEED_BYTES)
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
