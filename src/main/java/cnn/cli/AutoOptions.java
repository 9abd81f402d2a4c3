package cnn.cli;

import cnn.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** That network, layer and training are found by trying. */
final class AutoOptions {
    private static final Duration USUAL = Duration.ofMinutes(10);

    /** Options that say what {@code --auto} is to find out, besides those of training by gradient. */
    private static final List<String> FOUND = List.of(
            "--model",
            "--weights",
            "--input-size",
            "--scale",
            "--last-layer",
            "--output-layer",
            "--labels",
            "--head",
            "--layer",
            "--penalty",
            "--folds",
            "--refit");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--auto",
            description =
                    "Try the networks whose weights are here, several layers of each, and fine-tuning, as `cnn advise` "
                            + "does, and train what does best. Not with options that choose network, head or epochs.")
    private boolean auto;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Of --auto: how long all may take, 90s, 10m or 1h; half of it is for trying, and where fine-tuning "
                            + "does not fit into what is left the linear head is what is trained. Default: 10m.")
    private Duration budget;

    /**
     * How long it may take, if it is asked for.
     *
     * @throws UserError if options do not go together
     */
    Optional<Duration> budget() {
        if (!auto) {
            if (budget != null) {
                throw UserError.usage("--budget is how long --auto may take; add --auto or leave it out");
            }
            return Optional.empty();
        }
        Stream.concat(FOUND.stream(), GradientOptions.NAMES.stream())
                .filter(command.commandLine().getParseResult()::hasMatchedOption)
                .findFirst()
                .ifPresent(option -> {
                    throw UserError.usage(
                            "%s says what --auto is to find out; leave one of them out".formatted(option));
                });
        return Optional.of(budget == null ? USUAL : budget);
    }
}
