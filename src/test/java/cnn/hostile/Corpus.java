package cnn.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** The corpora that a {@link Worker} can make by itself, case by case. */
enum Corpus {
    IMAGES,
    SAVED_MODELS,
    KERAS_FILES,
    NAMES;

    /** The cases of a corpus by their number; the same for the same seed. */
    IntFunction<Case> cases(long seed, Path folder) {
        return switch (this) {
            case IMAGES -> images(new HostileImages(seed), folder);
            case SAVED_MODELS -> new HostileSavedModels(seed, folder)::at;
            case KERAS_FILES -> new HostileKerasFiles(seed, folder)::at;
            case NAMES -> new HostileNames(seed, folder)::at;
        };
    }

    private static IntFunction<Case> images(HostileImages images, Path folder) {
        return index -> {
            try {
                Path file = images.write(folder, List.of(index)).get(0);
                return new Case(
                        images.name(index),
                        file,
                        List.of("classify", "-m", "cifar10", "-f", "jsonl", file.toString()),
                        Set.of(0, 1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    static Path put(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
