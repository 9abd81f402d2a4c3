package cnn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file is its owner's alone; a result is as open as any file that the user makes. */
final class Permissions {

    private Permissions() {}

    /** Gives the file the permissions that a new one beside it gets. */
    static void makeAsNew(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Path probe = file.resolveSibling(file.getFileName() + ".mode");
        copyFrom(Files.createFile(probe), file);
    }

    /** Gives the folder the permissions that a new one beside it gets. */
    static void makeAsNewFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            copyFrom(Files.createDirectory(folder.resolveSibling(folder.getFileName() + ".mode")), folder);
        }
    }

    private static void copyFrom(Path probe, Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(probe));
        } finally {
            Files.delete(probe);
        }
    }
}
