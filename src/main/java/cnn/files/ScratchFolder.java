package cnn.files;

import cnn.IoReason;
import cnn.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary folder for files, which are gone when it is closed. */
public record ScratchFolder(Path path) implements AutoCloseable {

    /** @throws UserError if there is no room for one */
    public static ScratchFolder open() {
        try {
            Path folder = Files.createTempDirectory("cnn-");
            folder.toFile().deleteOnExit(); // also when interrupted; behind all that is in it
            return new ScratchFolder(folder);
        } catch (IOException e) {
            throw UserError.data(
                    "cannot keep files for a while: " + IoReason.of(e)
                            + "; make room, or let -Djava.io.tmpdir in CNN_JAVA_OPTIONS name another folder",
                    e);
        }
    }

    public Path file(String name) {
        Path file = path.resolve(name);
        file.toFile().deleteOnExit();
        return file;
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // what others hold open stays
        }
    }
}
