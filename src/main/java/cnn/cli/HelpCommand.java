package cnn.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn help}: what {@code --help} shows. */
@Command(
        name = "help",
        helpCommand = true,
        description = "Show how a command is used, as --help does: cnn help classify, cnn help models pull.")
final class HelpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "A command. Default: an overview of them all.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        CommandLine command = spec.parent().commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(
                        command,
                        "%s has no command '%s'"
                                .formatted(command.getCommandSpec().qualifiedName(), word));
            }
            command = next;
        }
        command.usage(command.getOut());
        return 0;
    }
}
