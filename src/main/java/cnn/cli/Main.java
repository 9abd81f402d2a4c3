package cnn.cli;

import cnn.files.FileNames;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Where the process starts; nothing else ends it. */
public final class Main {

    private static final int HELP_COLUMNS = 100;

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exitCode = run(RawArguments.of(args), new Streams(System.in, out, err, Terminal.detect()));
        err.flush();
        System.exit(exitCode);
    }

    /** Runs one command and gives its exit code. */
    static int run(String[] args, Streams streams) {
        try {
            List<GivenWord> words = OptionFiles.expand(args);
            CommandLine cnn = commandLine(words, streams);
            cnn.setExecutionStrategy(new NamedInputs(List.of(args)));
            return cnn.execute(OptionPrecedence.settle(words, cnn));
        } catch (Throwable e) { // the one place for all of them; picocli hands over exceptions, but no errors
            return Failures.report(e, streams.err());
        }
    }

    private static CommandLine commandLine(List<GivenWord> words, Streams streams) {
        return commandLine(streams, words.stream().map(GivenWord::word).toList());
    }

    /** What it takes to run, or to read, {@code words}. */
    static CommandLine commandLine(Streams streams, List<String> words) {
        CommandLine cnn = Commands.toRun(words, streams);
        cnn.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
        cnn.setErr(streams.err());
        cnn.setExpandAtFiles(false);
        boolean coloured = streams.terminal().out() && streams.terminal().colour();
        cnn.setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF));
        cnn.setCaseInsensitiveEnumValuesAllowed(true);
        cnn.registerConverter(Path.class, FileNames::path);
        cnn.setUsageHelpWidth(HELP_COLUMNS);
        cnn.setUsageHelpLongOptionsMaxWidth(26);
        cnn.setParameterExceptionHandler(Failures::badUsage);
        cnn.setExecutionExceptionHandler(Failures::failed);
        layOutHelp(cnn);
        return cnn;
    }

    /** Examples first; options in the order in which they are written, the more important ones first. */
    private static void layOutHelp(CommandLine command) {
        command.getSubcommands().values().forEach(Main::layOutHelp);
        command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
        command.setHelpSectionKeys(List.of(
                UsageMessageSpec.SECTION_KEY_HEADER,
                UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
                UsageMessageSpec.SECTION_KEY_FOOTER,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST));
    }

    /**
     * What a command reads and writes.
     *
     * @param out results, as bytes
     * @param err everything else
     */
    record Streams(InputStream in, OutputStream out, PrintWriter err, Terminal terminal) {}
}
