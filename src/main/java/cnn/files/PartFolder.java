package cnn.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of results under a temporary name, whose files appear in their place when all of them are written. What a killed
 * process left behind is deleted by the next who writes to the same place.
 *
 * @param target the place
 * @param folder where the files are written meanwhile: in the target if that is there, else beside it
 * @param alive a locked file in it, by which others see that it is in use
 * @param files that are written, in their order
 */
public record PartFolder(Path target, Path folder, PartFile alive, List<Path> files) implements AutoCloseable {
    private static final String ALIVE = ".alive";

    /** A new folder for what is to become {@code target}, or to be added to it. */
    public static PartFolder of(Path target) throws IOException {
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new NotDirectoryException(target.toString());
        }
        Path parent = target.toAbsolutePath();
        while (!Files.isDirectory(parent)) {
            parent = parent.getParent();
        }
        String name = "." + target.toAbsolutePath().normalize().getFileName() + "-";
        deleteLeftBehind(parent, name);
        Path folder = Files.createTempDirectory(parent, name);
        folder.toFile().deleteOnExit(); // also when interrupted; behind all that is in it
        PartFile alive = PartFile.lasting(folder.resolve(ALIVE)).orElseThrow();
        alive.file().toFile().deleteOnExit();
        return new PartFolder(target, folder, alive, new ArrayList<>());
    }

    /** Writes a file. */
    public void add(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        files.add(file);
        Files.write(file, content);
    }

    /** The places of the files that are written. */
    public List<Path> places() {
        return files.stream().map(file -> target.resolve(file.getFileName())).toList();
    }

    /** Makes the files appear: all at once if the target is not there, else in the order in which they were written. */
    public void move() throws IOException {
        alive.close();
        if (Files.isDirectory(target)) {
            for (Path file : files) {
                Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        } else {
            Files.createDirectories(target.toAbsolutePath().getParent());
            Permissions.makeAsNewFolder(folder);
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes what was not moved. */
    @Override
    public void close() throws IOException {
        alive.close();
        delete(folder);
    }

    private static void deleteLeftBehind(Path parent, String name) throws IOException {
        DirectoryStream.Filter<Path> parts = file -> {
            String found = file.getFileName().toString();
            return found.startsWith(name) && found.substring(name.length()).matches("\\d+");
        };
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, parts)) {
            for (Path folder : found) {
                Optional<PartFile> abandoned = PartFile.lasting(folder.resolve(ALIVE));
                if (abandoned.isPresent()) {
                    abandoned.get().close();
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                for (Path file : found) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }
}
