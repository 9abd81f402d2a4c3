package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.FileNames;
import cnn.files.Sha256;
import cnn.model.BundledModel;
import cnn.model.Recipe;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command that decide its result, and not only where and how fast it comes: all but those of some kinds, so
 * that a new one is kept unless it is said here that it need not be.
 *
 * @param command whose options they are
 */
record DecisiveOptions(CommandSpec command) {
    private static final Set<Class<?>> CIRCUMSTANCES = Set.of(
            ThreadOptions.class,
            CacheOptions.class,
            CachePlace.class,
            TalkOptions.class,
            StoreOptions.class,
            OverwriteOptions.class);
    private static final Set<String> OF_THIS_RUN = Set.of("--output", "--resume", "--help", "--version");
    private static final Set<String> NAMES_OR_FILES = Set.of("--model", "--weights");

    /** What was given of them, for a {@link Recipe}: files by their plain names. */
    record Given(List<String> words, Map<String, String> files) {}

    /** Those of the command line that was parsed last. */
    Given given() {
        List<String> words = new ArrayList<>();
        Map<String, String> files = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            if (!decides(option) || !command.commandLine().getParseResult().hasMatchedOption(option)) {
                continue;
            }
            List<String> values = option.getValue() instanceof Boolean flag
                    ? List.of(flag.toString())
                    : option.originalStringValues();
            for (String value : values) {
                Optional<Path> file = file(option, value);
                file.ifPresent(path -> files.put(FileNames.of(path.getFileName()), sha256(path)));
                words.add(option.longestName() + "="
                        + file.map(path -> FileNames.of(path.getFileName())).orElse(value));
            }
        }
        return new Given(words, files);
    }

    /**
     * A recipe's options as words of a command line.
     *
     * @param find the file of that name and that sha256
     * @throws UserError of kind WEIGHTS if they are none of this command's
     */
    List<String> words(Recipe recipe, BiFunction<String, String, Path> find) {
        List<String> words = new ArrayList<>();
        for (String word : recipe.options()) {
            int end = word.indexOf('=');
            OptionSpec option = end < 0 ? null : command.findOption(word.substring(0, end));
            if (option == null || !decides(option)) {
                throw UserError.weights("the model was trained with %s, which this cnn has not".formatted(word));
            }
            String value = word.substring(end + 1);
            String sha256 = mayBeFile(option) ? recipe.files().get(value) : null;
            words.add(word.substring(0, end + 1) + (sha256 == null ? value : FileNames.of(find.apply(value, sha256))));
        }
        return words;
    }

    boolean decides(OptionSpec option) {
        boolean circumstance =
                option.userObject() instanceof Field field && CIRCUMSTANCES.contains(field.getDeclaringClass());
        return !circumstance && !OF_THIS_RUN.contains(option.longestName());
    }

    private static boolean mayBeFile(OptionSpec option) {
        return option.type().equals(Path.class) || NAMES_OR_FILES.contains(option.longestName());
    }

    private static Optional<Path> file(OptionSpec option, String value) {
        if (!mayBeFile(option) || Zoo.isName(value) || BundledModel.named(value).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileNames.path(value)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Of a file's bytes, as a recipe has it. */
    static String sha256(Path file) {
        try {
            return Sha256.of(file).toString();
        } catch (IOException e) {
            throw UserError.data("cannot read %s: %s".formatted(file, IoReason.of(e)), e);
        }
    }
}
