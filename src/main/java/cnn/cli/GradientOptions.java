package cnn.cli;

import cnn.UserError;
import cnn.image.Augmentation;
import cnn.model.Schedule;
import cnn.program.Optimizer;
import cnn.train.Regularization;
import cnn.train.Selection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a network learns by gradient, epoch after epoch. */
final class GradientOptions {
    /** Of these options, any of which means that there are epochs. */
    static final List<String> NAMES = Stream.concat(
                    Stream.of(
                            "--epochs",
                            "--batch-size",
                            "--schedule",
                            "--warmup-steps",
                            "--augment",
                            "--label-smoothing",
                            "--l2",
                            "--mixup",
                            "--patience",
                            "--select",
                            "--average",
                            "--checkpoint-every"),
                    OptimizerOptions.NAMES.stream())
            .toList();

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

    @Mixin
    private OptimizerOptions optimizer;

    @Option(
            names = "--schedule",
            paramLabel = "constant|cosine|cosine-epochs",
            defaultValue = "constant",
            description =
                    "cosine: the learning rate falls from step to step, along half a wave, to 0, as Keras's CosineDecay "
                            + "over all steps; cosine-epochs: along the same wave, from epoch to epoch. Default: ${DEFAULT-VALUE}.")
    private Schedule.Decay schedule;

    @Option(
            names = "--warmup-steps",
            paramLabel = "N",
            defaultValue = "0",
            description = "Steps in which the learning rate rises from 0 first. Default: ${DEFAULT-VALUE}.")
    private int warmupSteps;

    @Option(
            names = "--augment",
            paramLabel = "SPEC",
            defaultValue = "none",
            description = "Random changes to training images, other ones each epoch: flip, vflip, rotate:0.1 (of a "
                    + "turn), zoom:0.2, hshift:0.1, vshift:0.1, shear:DEGREES, brightness:LO-HI, channel:N, separated by "
                    + "commas. Default: none.")
    private String augment;

    @Option(
            names = "--label-smoothing",
            paramLabel = "X",
            defaultValue = "0",
            description = "The share of certainty that is spread over all classes, as Keras's losses do. Default: "
                    + "${DEFAULT-VALUE}.")
    private double labelSmoothing;

    @Option(
            names = "--l2",
            paramLabel = "X",
            defaultValue = "0",
            description =
                    "What the squared weights of the head's kernels add to the loss, from scratch those of all kernels: "
                            + "Keras's kernel_regularizer=L2(X). Default: ${DEFAULT-VALUE}.")
    private double l2;

    @Option(
            names = "--mixup",
            paramLabel = "ALPHA",
            defaultValue = "0",
            description =
                    "Lays samples of a batch over each other, with shares of Beta(ALPHA, ALPHA), such as 0.2: pixels, or "
                            + "above layers that do not learn their features. Default: ${DEFAULT-VALUE}.")
    private double mixup;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description =
                    "Stop when no epoch was better than the best for N epochs. The best is what is saved in any case.")
    private Integer patience;

    @Option(
            names = "--select",
            paramLabel = "loss|accuracy|f1",
            defaultValue = "loss",
            description =
                    "Which figure on the validation images tells the best epoch; f1 is the mean over the classes. "
                            + "Default: ${DEFAULT-VALUE}.")
    private Selection.Criterion select;

    @Option(
            names = "--average",
            paramLabel = "K",
            defaultValue = "1",
            description = "Keep the mean of the weights of the K best epochs, where that is better than each of them. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int average;

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
        return optimizer.optimizer();
    }

    Schedule schedule() {
        if (warmupSteps < 0) {
            throw UserError.usage("--warmup-steps must be at least 0, not " + warmupSteps);
        }
        return new Schedule(schedule, warmupSteps);
    }

    Regularization regularization() {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw UserError.usage("--label-smoothing must be at least 0 and below 1, not " + labelSmoothing);
        }
        return new Regularization(labelSmoothing, Checks.notNegative("--l2", l2), Checks.notNegative("--mixup", mixup));
    }

    Augmentation augmentation() {
        return Augmentation.parse(augment);
    }

    Selection selection() {
        return new Selection(select, Checks.positive("--average", average));
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
