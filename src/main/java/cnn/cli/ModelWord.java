package cnn.cli;

import cnn.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model named by a word of its own, where nothing else can be meant: {@code cnn summary vgg16}. */
final class ModelWord {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "The same as -m MODEL.")
    private String word;

    /**
     * The model that was named, in one way or the other.
     *
     * @param option what {@code -m} says, or its default; null if it says nothing
     * @throws UserError if both name one
     */
    String or(String option) {
        if (word != null && command.commandLine().getParseResult().hasMatchedOption("--model")) {
            throw UserError.usage("two models, '%s' and '%s'; name one".formatted(option, word));
        }
        return word == null ? option : word;
    }
}
