package cnn.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command line and its subcommands.
 *
 * <p>Picocli reads the options of all subcommands before it looks at the first word, which takes longer than many a
 * command; so those that are not named on a command line are there with their names and descriptions only.
 */
final class Commands {
    private static final List<Class<?>> SUBCOMMANDS = List.of(
            ClassifyCommand.class,
            ExtractFeaturesCommand.class,
            MergeCommand.class,
            AugmentCommand.class,
            EvaluateCommand.class,
            AdviseCommand.class,
            TrainCommand.class,
            FinetuneCommand.class,
            ExplainCommand.class,
            VisualizeCommand.class,
            SummaryCommand.class,
            ExportCommand.class,
            QuantizeCommand.class,
            ModelsCommand.class,
            BenchCommand.class,
            ReproduceCommand.class,
            CacheCommand.class,
            SelftestCommand.class,
            HelpCommand.class);

    private Commands() {}

    /** All there is, in full. */
    static CommandLine all(Main.Streams streams) {
        return of(streams, SUBCOMMANDS);
    }

    /** What it takes to run {@code words}. */
    static CommandLine toRun(List<String> words, Main.Streams streams) {
        return of(
                streams,
                SUBCOMMANDS.stream()
                        .filter(type -> names(type).anyMatch(words::contains))
                        .toList());
    }

    private static CommandLine of(Main.Streams streams, List<Class<?>> inFull) {
        CommandFactory factory = new CommandFactory(streams);
        CommandLine cnn = new CommandLine(new CnnCommand(), factory);
        for (Class<?> type : SUBCOMMANDS) {
            String name = described(type).name();
            cnn.addSubcommand(name, inFull.contains(type) ? new CommandLine(type, factory) : outline(type));
        }
        return cnn;
    }

    private static Stream<String> names(Class<?> type) {
        return Stream.concat(
                Stream.of(described(type).name()), Stream.of(described(type).aliases()));
    }

    private static CommandLine outline(Class<?> type) {
        CommandSpec spec = CommandSpec.create()
                .name(described(type).name())
                .aliases(described(type).aliases());
        spec.usageMessage()
                .header(described(type).header())
                .description(described(type).description());
        return new CommandLine(spec);
    }

    private static Command described(Class<?> type) {
        return type.getAnnotation(Command.class);
    }
}
