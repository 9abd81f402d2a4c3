package cnn.data;

import cnn.files.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files below a folder, depth first, each folder's entries sorted by name. Hidden entries, pipes and devices are passed over; links are
 * followed, but not into a folder that is already on the way; a folder that cannot be read gives one input that says so.
 */
final class FolderWalk implements Iterator<ImageInput> {
    private final Predicate<Path> wanted;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Optional<ImageInput> next = Optional.empty();

    /** A folder that is being read: how it was given, its true place, its entries and how far they are done. */
    private static final class Level {
        private final String given;
        private final Path folder;
        private final Path real;
        private final String[] names;
        private int done;

        Level(String given, Path folder) throws IOException {
            this.given = given.isEmpty() || given.endsWith("/") ? given : given + "/";
            this.folder = folder;
            this.real = folder.toRealPath();
            try (Stream<Path> entries = Files.list(folder)) {
                this.names = entries.map(entry -> FileNames.of(entry.getFileName()))
                        .filter(name -> !name.startsWith("."))
                        .toArray(String[]::new);
            }
            Arrays.sort(names);
        }
    }

    FolderWalk(String given, Path folder, Predicate<Path> wanted) {
        this.wanted = wanted;
        enter(given, folder);
        if (next.isEmpty()) {
            advance();
        }
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public ImageInput next() {
        ImageInput input = next.orElseThrow(NoSuchElementException::new);
        next = Optional.empty();
        advance();
        return input;
    }

    private void advance() {
        while (next.isEmpty() && !levels.isEmpty()) {
            Level level = levels.peek();
            if (level.done == level.names.length) {
                levels.pop();
                continue;
            }
            String name = level.names[level.done++];
            Path path = level.folder.resolve(FileNames.path(name));
            if (Files.isDirectory(path)) {
                enter(level.given + name, path);
            } else if (wanted.test(path) && !isPipeOrDevice(path)) {
                next = Optional.of(ImageInput.file(level.given + name, path));
            }
        }
    }

    /** Neither is an image, whatever its name, and reading it may never end. */
    private static boolean isPipeOrDevice(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path);
    }

    private void enter(String given, Path folder) {
        try {
            Level level = new Level(given, folder);
            if (levels.stream().noneMatch(outer -> outer.real.equals(level.real))) {
                levels.push(level);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            next = Optional.of(ImageInput.failed(given, "a folder that cannot be read"));
        }
    }
}
