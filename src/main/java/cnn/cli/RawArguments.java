package cnn.cli;

import cnn.files.FileNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The words of the command line as they were typed: Java loses the bytes of those that are no UTF-8. */
final class RawArguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final String REPLACEMENT = "\ufffd";

    private RawArguments() {}

    /** The words with such bytes as {@link FileNames} writes them, where the system tells them; else as Java does. */
    static String[] of(String[] decoded) {
        if (Arrays.stream(decoded).noneMatch(word -> word.contains(REPLACEMENT))) {
            return decoded;
        }
        try {
            return of(decoded, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) {
            return decoded; // not Linux
        }
    }

    /**
     * @param commandLine of the whole process, each word ended by a NUL; the last ones are {@code decoded}
     */
    static String[] of(String[] decoded, byte[] commandLine) {
        List<String> words = new ArrayList<>();
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        for (byte b : commandLine) {
            if (b == 0) {
                words.add(FileNames.of(word.toByteArray()));
                word.reset();
            } else {
                word.write(b);
            }
        }
        return words.size() < decoded.length
                ? decoded
                : words.subList(words.size() - decoded.length, words.size()).toArray(String[]::new);
    }
}
