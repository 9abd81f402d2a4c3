package cnn.cli;

import cnn.UserError;
import cnn.data.OutputFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a command unless it would write over a file that its command line names as well: an image, a model, weights, a file
 * of options, the list on standard input. What is found in folders, in lists and in the store of weights is held against the
 * outputs as it is found.
 *
 * @param words of the command line, before files of options are read
 */
record NamedInputs(List<String> words) implements IExecutionStrategy {
    private static final String OUTPUT = "--output";
    private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

    NamedInputs {
        words = List.copyOf(words);
    }

    @Override
    public int execute(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        if (command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
            return new RunLast().execute(parsed); // which needs no outputs, nor anything else
        }
        try {
            refuse(command);
        } catch (UserError e) {
            throw new ExecutionException(command.commandSpec().commandLine(), e.getMessage(), e);
        }
        return new RunLast().execute(parsed);
    }

    /**
     * Lets a command pass that writes over nothing that it reads.
     *
     * @throws UserError if it would
     */
    void refuse(ParseResult command) {
        CommandSpec spec = command.commandSpec();
        OutputFiles outputs = OutputFiles.of(parts(spec, Writing.class)
                .flatMap(options -> options.outputs().stream())
                .toList());
        named(command).forEach(outputs::refuse);
        parts(spec, StoreOptions.class).forEach(store -> store.apartFrom(outputs));
    }

    /** The command and what is mixed into it, as far as they are of this kind. */
    private static <T> Stream<T> parts(CommandSpec spec, Class<T> kind) {
        return Stream.concat(
                Stream.of(spec.userObject()).filter(kind::isInstance).map(kind::cast),
                spec.mixins().values().stream().flatMap(mixin -> parts(mixin, kind)));
    }

    private Stream<Path> named(ParseResult command) {
        Stream<String> values = command.matchedArgs().stream()
                .filter(argument -> !isOutput(argument))
                .flatMap(argument -> argument.originalStringValues().stream());
        Stream<String> optionFiles =
                words.stream().filter(word -> word.startsWith("@")).map(word -> word.substring(1));
        return Stream.concat(values, optionFiles).flatMap(NamedInputs::path);
    }

    private static boolean isOutput(ArgSpec argument) {
        return argument instanceof OptionSpec option
                && Arrays.asList(option.names()).contains(OUTPUT);
    }

    private static Stream<Path> path(String word) {
        try {
            return Stream.of(word.equals(InputOptions.STANDARD_INPUT) ? STANDARD_INPUT : Path.of(word));
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }
}
