package cnn.cli;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The one model that a command is about: by a word of its own, or with {@code -m}. */
final class ModelName {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|FILE",
            description = "A network by name; `cnn models list` shows them. For export also a model that was trained, "
                    + "FILE.zip.")
    private String option;

    @Mixin
    private ModelWord word;

    Optional<String> ifNamed() {
        return Optional.ofNullable(word.or(option));
    }

    String required() {
        return ifNamed()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "name a model, e.g. " + command.qualifiedName() + " mobilenet"));
    }
}
