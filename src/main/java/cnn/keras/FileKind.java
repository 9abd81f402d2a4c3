package cnn.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** What a file that is given for a model or its weights is, told by its first bytes. */
public enum FileKind {
    FOLDER("a folder"),
    SPECIAL("no regular file but a pipe or a device"),
    EMPTY("an empty file"),
    SAVED_MODEL("a model that `cnn train` saved"),
    KERAS_ARCHIVE("a Keras 3 archive"),
    IMAGE("a picture"),
    HDF5("an HDF5 file"),
    OTHER("something else");

    /** A zip file's first entry has its name here. */
    private static final int ENTRY_NAME = 30;

    private static final int LOOKED_AT = 64;

    private final String words;

    FileKind(String words) {
        this.words = words;
    }

    /** As it stands in a message: "a picture". */
    public String words() {
        return words;
    }

    /** @throws IOException if it cannot be read */
    public static FileKind of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return FOLDER;
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return SPECIAL;
        }
        try (InputStream in = Files.newInputStream(file)) {
            // One character a byte.
            return of(file, new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1));
        }
    }

    private static FileKind of(Path file, String start) throws IOException {
        if (start.isEmpty()) {
            return EMPTY;
        }
        if (start.startsWith("\u0089HDF\r\n")) {
            return HDF5;
        }
        if (start.startsWith("PK\3\4")) {
            // Deeplearning4j's own files begin with their configuration.
            if (start.startsWith("coefficients.bin", ENTRY_NAME) || start.startsWith("cnn-tail-weights", ENTRY_NAME)) {
                return SAVED_MODEL;
            }
            // Keras's own begin with one of these; packed again, the members may come in any order.
            boolean keras = start.startsWith(KerasArchive.METADATA, ENTRY_NAME)
                    || start.startsWith(KerasArchive.CONFIG, ENTRY_NAME);
            return keras || hasConfig(file) ? KERAS_ARCHIVE : OTHER;
        }
        boolean image = start.startsWith("\u00ff\u00d8\u00ff")
                || start.startsWith("\u0089PNG")
                || start.startsWith("GIF8")
                || (start.startsWith("RIFF") && start.startsWith("WEBP", 8));
        return image ? IMAGE : OTHER;
    }

    private static boolean hasConfig(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(KerasArchive.CONFIG) != null;
        } catch (ZipException e) {
            return false;
        }
    }
}
