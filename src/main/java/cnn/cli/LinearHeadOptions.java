package cnn.cli;

import cnn.UserError;
import cnn.model.Head;
import cnn.train.LinearHead;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A head that is solved, and not trained epoch after epoch. */
final class LinearHeadOptions {
    private static final List<String> OWN = List.of("--penalty", "--folds", "--refit");
    private static final String AUTO = "auto";
    private static final double LEAST = 1e-9;
    private static final double MOST = 1e9;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--penalty",
            paramLabel = "auto|C",
            defaultValue = AUTO,
            description =
                    "Of the linear head: C, as scikit-learn's LogisticRegression has it; less is stronger. auto: the "
                            + "one of 20 values that cross-validation likes best. Default: ${DEFAULT-VALUE}.")
    private String penalty;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of the cross-validation on the training images. Default: ${DEFAULT-VALUE}.")
    private int folds;

    @Option(
            names = "--refit",
            paramLabel = "train|all",
            defaultValue = "train",
            description = "all: the linear head that is saved has learnt from the validation images too, after these "
                    + "have judged it. Default: ${DEFAULT-VALUE}.")
    private Refit refit;

    private enum Refit {
        TRAIN,
        ALL
    }

    /**
     * The linear head, if it is that: asked for, or nothing asked for that means training by gradient.
     *
     * @param head what {@code --head} says
     * @param randomWeights whether there is no base to put it on unless it is asked for
     * @throws UserError if options do not go together
     */
    Optional<LinearHead> head(Optional<String> head, boolean randomWeights) {
        boolean asked = head.filter(Head.LINEAR::equals).isPresent();
        Optional<String> gradient = given(GradientOptions.NAMES.stream());
        if (asked && gradient.isPresent()) {
            throw UserError.usage(
                    ("%s does not go with --head linear, which is solved at once; leave one of them out (--head avg is "
                                    + "the same layer, trained epoch after epoch)")
                            .formatted(gradient.get()));
        }
        if (asked || (head.isEmpty() && gradient.isEmpty() && !randomWeights)) {
            return Optional.of(new LinearHead(penalty(), folds(), refit == Refit.ALL));
        }
        given(OWN.stream()).ifPresent(option -> {
            throw UserError.usage("%s is for --head linear, and %s means another training; leave one of them out"
                    .formatted(option, gradient.orElse(head.isPresent() ? "--head " + head.get() : "--weights none")));
        });
        return Optional.empty();
    }

    private Optional<String> given(Stream<String> options) {
        ParseResult line = command.commandLine().getParseResult();
        return options.filter(line::hasMatchedOption).findFirst();
    }

    private OptionalDouble penalty() {
        if (penalty.equals(AUTO)) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(penalty);
            if (value >= LEAST && value <= MOST) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            throw refused();
        }
        throw refused();
    }

    private UserError refused() {
        return UserError.usage("--penalty must be auto or a number from 1e-9 to 1e9, not " + penalty);
    }

    private int folds() {
        if (folds < 2) {
            throw UserError.usage("--folds must be at least 2, not " + folds);
        }
        return folds;
    }
}
