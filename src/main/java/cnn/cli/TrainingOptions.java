package cnn.cli;

import cnn.UserError;
import cnn.image.Augmentation;
import cnn.model.Schedule;
import cnn.program.Optimizer;
import cnn.train.FineTuning;
import cnn.train.TrainingFiles;
import cnn.train.TrainingRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to train on, and how. */
final class TrainingOptions implements Writing {

    @Parameters(
            paramLabel = "DATA",
            description = "A folder with train/ and validation/ (or val/, and perhaps test/) and a folder per class in "
                    + "each; or a folder per class directly, of which --validation-split holds some images back.")
    private Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL-FILE",
            required = true,
            description = "Where the model goes. Beside it: MODEL-FILE.history.csv, MODEL-FILE.png (learning curves) "
                    + "and, while it trains, MODEL-FILE.checkpoint.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Option(
            names = "--head",
            paramLabel = "SPEC",
            description = "Layers before the output layer: flatten, avg, max, dense:N[:relu|linear|tanh], dropout:P, "
                    + "batchnorm, separated by commas. The output layer is added: one sigmoid unit for two classes, "
                    + "else softmax. Default: " + TrainingRequest.DEFAULT_HEAD
                    + "; with --weights none the network's own top.")
    private String head;

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
            names = "--class-weights",
            paramLabel = "balanced|none",
            defaultValue = "none",
            description = "balanced: rare classes weigh more. Default: ${DEFAULT-VALUE}.")
    private ClassWeights classWeights;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description =
                    "Stop when the validation loss has not improved for N epochs. The best epoch is what is saved "
                            + "in any case.")
    private Integer patience;

    @Option(
            names = "--validation-split",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "Of each class, where there is no folder for validation. Default: ${DEFAULT-VALUE}.")
    private double validationSplit;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description =
                    "Epochs between checkpoints. Default: after each epoch, but not more often than every 5 seconds.")
    private Integer checkpointEvery;

    @Option(
            names = "--resume",
            description = "Go on from the checkpoint of a run that was cut off; it ends in the same bytes as one that "
                    + "was not. If it has ended already, its result is printed again and the file left as it is. Needs no "
                    + "--overwrite.")
    private boolean resume;

    private enum ClassWeights {
        BALANCED,
        NONE
    }

    /** What is written, and where. */
    TrainingFiles files() {
        return new TrainingFiles(output);
    }

    @Override
    public List<Path> outputs() {
        return files().all();
    }

    boolean resume() {
        return resume;
    }

    OptionalInt checkpointEvery() {
        return positive("--checkpoint-every", checkpointEvery);
    }

    /** Fails on what makes no sense, or must not be replaced, before anything is read. */
    void check() {
        checkpointEvery();
        if (!resume) {
            overwrite.check(outputs());
        }
    }

    /**
     * What is to be trained, and how.
     *
     * @param from a saved model that is trained further, in place of a new head
     */
    TrainingRequest request(
            Optional<Path> from,
            Optional<FineTuning> fineTuning,
            ModelOptions model,
            ImageOptions image,
            ComputeOptions compute) {
        return new TrainingRequest(
                data,
                model.request(),
                from,
                Optional.ofNullable(head),
                fineTuning,
                Checks.positive("--epochs", epochs),
                Checks.positive("--batch-size", batchSize),
                Optimizer.named(
                        optimizer, learningRate == null ? OptionalDouble.empty() : OptionalDouble.of(learningRate)),
                schedule,
                Augmentation.parse(augment),
                classWeights == ClassWeights.BALANCED,
                positive("--patience", patience),
                validationSplit(),
                compute.precision(),
                image.request());
    }

    private double validationSplit() {
        if (!(validationSplit > 0 && validationSplit < 1)) {
            throw UserError.usage("--validation-split must be above 0 and below 1, not " + validationSplit);
        }
        return validationSplit;
    }

    private static OptionalInt positive(String option, Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(Checks.positive(option, value));
    }
}
