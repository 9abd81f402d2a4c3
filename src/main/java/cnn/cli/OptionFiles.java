package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replaces {@code @NAME} on a command line by the words of that file: separated by white space, quoted with " or ' where
 * there is some in them, # up to the end of a line being a comment. {@code @@NAME} stands for a word that begins with @.
 *
 * <p>NAME is a path; where there is no such file, the recipe {@code config/NAME.args} of the installation, or a path
 * below the installation. Paths in a file are relative to the current directory, as on the command line.
 */
final class OptionFiles {
    private static final int MOST_BYTES = 1 << 20;

    private final Optional<Path> installation;
    private int files;

    private OptionFiles(Optional<Path> installation) {
        this.installation = installation;
    }

    /**
     * The words of a command line and of all files that it names.
     *
     * @throws UserError of kind USAGE if a file is absent or cannot be read
     */
    static List<GivenWord> expand(String[] words) {
        Optional<Path> launcher =
                Optional.ofNullable(System.getProperty("cnn.launcher")).map(Path::of);
        OptionFiles reader =
                new OptionFiles(launcher.map(file -> file.resolveSibling("..").normalize()));
        return reader.expand(List.of(words), 0, 0, Set.of());
    }

    private List<GivenWord> expand(List<String> words, int depth, int file, Set<Path> within) {
        List<GivenWord> all = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith("@@")) {
                all.add(new GivenWord(word.substring(1), depth, file));
            } else if (word.startsWith("@") && word.length() > 1) {
                all.addAll(read(find(word.substring(1)), depth + 1, within));
            } else {
                all.add(new GivenWord(word, depth, file));
            }
        }
        return all;
    }

    private List<GivenWord> read(Path file, int depth, Set<Path> within) {
        Set<Path> files = new LinkedHashSet<>(within);
        if (!files.add(file)) {
            throw UserError.usage("the option file " + file + " names itself");
        }
        return expand(split(text(file)), depth, ++this.files, files);
    }

    private Path find(String name) {
        List<Path> places;
        try {
            places = Stream.concat(
                            Stream.of(Path.of(name)),
                            installation.stream()
                                    .flatMap(root -> Stream.of(
                                            root.resolve("config").resolve(name + ".args"), root.resolve(name))))
                    .distinct()
                    .toList();
        } catch (InvalidPathException e) {
            throw UserError.usage("the option file " + name + " has no possible name: " + e.getReason());
        }
        return places.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> UserError.usage(
                        "there is no option file '%s': looked for %s; to mean a word that begins with @, write @@%s"
                                .formatted(name, listed(places), name)));
    }

    private static String listed(List<Path> places) {
        String last = places.get(places.size() - 1).toString();
        return places.size() == 1
                ? last
                : places.subList(0, places.size() - 1).stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(", ")) + " and " + last;
    }

    private static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw UserError.usage("the option file " + file + " is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw UserError.usage("the option file " + file + " has more than " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw UserError.usage("the option file " + file + " cannot be read: " + IoReason.of(e));
        }
    }

    private static List<String> split(String text) {
        StreamTokenizer tokens = new StreamTokenizer(new StringReader(text));
        tokens.resetSyntax();
        tokens.wordChars(' ', Character.MAX_VALUE);
        tokens.whitespaceChars(0, ' ');
        tokens.quoteChar('"');
        tokens.quoteChar('\'');
        tokens.commentChar('#');
        List<String> words = new ArrayList<>();
        try {
            while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
                words.add(tokens.sval);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string can be read", e);
        }
        return words;
    }
}
