package cnn.cli;

import cnn.image.Augmentation;
import cnn.model.Schedule;
import cnn.program.Optimizer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How a network learns by gradient, epoch after epoch. */
final class GradientOptions {
    /** Of these options, any of which means that there are epochs. */
    static final List<String> NAMES = List.of(
            "--epochs",
            "--batch-size",
            "--optimizer",
            "--learning-rate",
            "--schedule",
            "--augment",
            "--patience",
            "--checkpoint-every");

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "20",
            description = "How often to go through the training images. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Images of one step. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "rmsprop",
            description = "rmsprop, adam, sgd (momentum 0.9) or adadelta. Default: ${DEFAULT-VALUE}.")
    private String optimizer;

    @Option(
            names = {"--learning-rate", "--lr"},
            paramLabel = "X",
            description = "Default: Keras's for the optimizer.")
    private Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "constant|cosine",
            defaultValue = "constant",
            description =
                    "cosine: the learning rate falls from epoch to epoch, along half a wave, to almost nothing in "
                            + "the last. Default: ${DEFAULT-VALUE}.")
    private Schedule schedule;

    @Option(
            names = "--augment",
            paramLabel = "SPEC",
            defaultValue = "none",
            description = "Random changes to training images, other ones each epoch: flip, vflip, rotate:0.1 (of a "
                    + "turn), zoom:0.2, hshift:0.1, vshift:0.1, shear:DEGREES, brightness:LO-HI, channel:N, separated by "
                    + "commas. Default: none.")
    private String augment;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description =
                    "Stop when the validation loss has not improved for N epochs. The best epoch is what is saved "
                            + "in any case.")
    private Integer patience;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description =
                    "Epochs between checkpoints. Default: after each epoch, but not more often than every 5 seconds.")
    private Integer checkpointEvery;

    int epochs() {
        return Checks.positive("--epochs", epochs);
    }

    int batchSize() {
        return Checks.positive("--batch-size", batchSize);
    }

    Optimizer optimizer() {
        return Optimizer.named(
                optimizer, learningRate == null ? OptionalDouble.empty() : OptionalDouble.of(learningRate));
    }

    Schedule schedule() {
        return schedule;
    }

    Augmentation augmentation() {
        return Augmentation.parse(augment);
    }

    OptionalInt patience() {
        return positive("--patience", patience);
    }

    OptionalInt checkpointEvery() {
        return positive("--checkpoint-every", checkpointEvery);
    }

    private static OptionalInt positive(String option, Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(Checks.positive(option, value));
    }
}
