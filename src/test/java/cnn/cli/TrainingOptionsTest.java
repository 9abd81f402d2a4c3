package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.train.TrainingRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class TrainingOptionsTest {
    /** Where results, weights and features are kept, how much is said, how fast it goes. */
    private static final Set<String> DECIDE_NOTHING = Set.of(
            "--output",
            "--overwrite",
            "--checkpoint-every",
            "--resume",
            "--models-dir",
            "--offline",
            "--threads",
            "--cache-dir",
            "--cache-limit",
            "--no-cache",
            "--verify-content",
            "--quiet",
            "--no-progress",
            "--verbose",
            "--help",
            "--version");

    /** What is refused without a file of Keras's; of these only the output layer decides, and RunIdentity has it. */
    private static final Set<String> OF_KERAS_FILES = Set.of("--last-layer", "--labels", "--output-layer");

    /** By which network and layer are chosen, which are in the request then. */
    private static final Set<String> OF_ADVICE = Set.of("--auto", "--budget");

    /** Another value than the default. */
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            Map.entry("--model", "vgg16"),
            Map.entry("--weights", "other.h5"),
            Map.entry("--seed", "43"),
            Map.entry("--input-size", "96"),
            Map.entry("--scale", "torch"),
            Map.entry("--head", "flatten"),
            Map.entry("--layer", "conv_pw_1"),
            Map.entry("--novelty", "true"),
            Map.entry("--penalty", "0.5"),
            Map.entry("--folds", "4"),
            Map.entry("--refit", "all"),
            Map.entry("--epochs", "3"),
            Map.entry("--batch-size", "7"),
            Map.entry("--optimizer", "adam"),
            Map.entry("--learning-rate", "0.5"),
            Map.entry("--schedule", "cosine"),
            Map.entry("--momentum", "0.5"),
            Map.entry("--nesterov", "true"),
            Map.entry("--amsgrad", "true"),
            Map.entry("--centered", "true"),
            Map.entry("--weight-decay", "0.01"),
            Map.entry("--clipnorm", "1"),
            Map.entry("--warmup-steps", "5"),
            Map.entry("--augment", "flip"),
            Map.entry("--label-smoothing", "0.1"),
            Map.entry("--l2", "1e-4"),
            Map.entry("--mixup", "0.2"),
            Map.entry("--layer-decay", "0.5"),
            Map.entry("--bn", "training"),
            Map.entry("--class-weights", "balanced"),
            Map.entry("--patience", "2"),
            Map.entry("--select", "f1"),
            Map.entry("--average", "3"),
            Map.entry("--validation-split", "0.3"),
            Map.entry("--resize", "bilinear"),
            Map.entry("--aspect", "pad"),
            Map.entry("--color", "grayscale"),
            Map.entry("--auto-orient", "true"),
            Map.entry("--max-pixels", "1000"),
            Map.entry("--precision", "bf16"),
            Map.entry("--from", "other.zip"),
            Map.entry("--unfreeze", "5"),
            Map.entry("--finetune-epochs", "11"),
            Map.entry("--finetune-learning-rate", "1e-4"));

    /** What else must be said, for the option to go with it. */
    private static final Map<String, String> TOGETHER_WITH = Map.of(
            "--nesterov", "--optimizer=sgd",
            "--amsgrad", "--optimizer=adam");

    @Test
    void everyOptionOfTrainIsInTheRequestOrDecidesNothing() {
        assertEveryOption("train", command -> ((TrainCommand) command).request());
    }

    @Test
    void everyOptionOfFinetuneIsInTheRequestOrDecidesNothing() {
        assertEveryOption("finetune", command -> ((FinetuneCommand) command).request());
    }

    private static void assertEveryOption(String name, Function<Object, TrainingRequest> request) {
        TrainingRequest usual = request.apply(parsed(name, "", "", List.of()));
        assertThat(request.apply(parsed(name, "", "", List.of()))).isEqualTo(usual);
        Set<String> known = new TreeSet<>(DECIDE_NOTHING);
        known.addAll(OTHERWISE.keySet());
        known.addAll(OF_KERAS_FILES);
        known.addAll(OF_ADVICE);
        Set<String> options = new HashSet<>();
        for (OptionSpec option :
                cnn().getSubcommands().get(name).getCommandSpec().options()) {
            options.add(option.longestName());
            if (OTHERWISE.containsKey(option.longestName())) {
                String other = OTHERWISE.get(option.longestName());
                List<String> together = TOGETHER_WITH.containsKey(option.longestName())
                        ? List.of(TOGETHER_WITH.get(option.longestName()))
                        : List.of();
                assertThat(request.apply(parsed(name, option.longestName(), other, together)))
                        .as(option.longestName())
                        .isNotEqualTo(together.isEmpty() ? usual : request.apply(parsed(name, "", "", together)));
            }
        }
        assertThat(known)
                .as("options, of which it is known whether they decide the result")
                .containsAll(options);
        assertThat(options).hasSizeGreaterThan(30);
    }

    private static Object parsed(String name, String option, String value, List<String> together) {
        List<String> words = new ArrayList<>(List.of("data", "-o", "m.zip"));
        words.addAll(together);
        if (name.equals("finetune") && !option.equals("--unfreeze")) {
            words.add("--unfreeze=4");
        }
        if (!option.isEmpty()) {
            words.add(option + "=" + value);
        }
        CommandLine cnn = cnn();
        words.add(0, name);
        cnn.parseArgs(words.toArray(String[]::new));
        return cnn.getSubcommands().get(name).getCommand();
    }

    private static CommandLine cnn() {
        CommandLine cnn = Commands.all(null);
        cnn.setCaseInsensitiveEnumValuesAllowed(true);
        return cnn;
    }
}
