package cnn.cli;

import cnn.model.Recipe;
import cnn.train.FineTuning;
import cnn.train.LinearHead;
import cnn.train.Repetition;
import cnn.train.Training;
import cnn.train.TrainingFiles;
import cnn.train.TrainingRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What to train on, and how. */
final class TrainingOptions implements Writing {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            paramLabel = "DATA",
            description = "A folder with train/ and validation/ (or val/, and perhaps test/) and a folder per class in "
                    + "each; or a folder per class directly, of which --validation-split holds some images back.")
    private Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL-FILE",
            required = true,
            description = "Where the model goes. Beside it: MODEL-FILE.history.csv, MODEL-FILE.png (curves) "
                    + "and, while it trains, MODEL-FILE.checkpoint.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Option(
            names = "--head",
            paramLabel = "SPEC",
            description =
                    "linear: the output layer alone, on pooled features, solved for its optimum; the default of cnn "
                            + "train. Else layers before the output layer, trained by gradient: flatten, avg, max, "
                            + "dense:N[:relu|linear|tanh], dropout:P, batchnorm, separated by commas; by default "
                            + TrainingRequest.DEFAULT_HEAD
                            + ", with --weights none the network's own top. The output layer is added: one sigmoid unit for two "
                            + "classes, else softmax.")
    private String head;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description =
                    "Put the new head on this layer of the network, by Keras's name, such as conv_pw_11_relu; those above "
                            + "it are left out. `cnn advise` tries several. Default: the end of the network without its top, "
                            + "or what goes into its last dense layer.")
    private String layer;

    @Mixin
    private GradientOptions gradient;

    @Option(
            names = "--class-weights",
            paramLabel = "balanced|none",
            defaultValue = "none",
            description = "balanced: rare classes weigh more. Default: ${DEFAULT-VALUE}.")
    private ClassWeights classWeights;

    @Option(
            names = "--validation-split",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "Of each class, where there is no folder for validation. Default: ${DEFAULT-VALUE}.")
    private double validationSplit;

    @Option(
            names = "--novelty",
            description = "Keep in the model what the network makes of at most 2,000 of the training images, so that "
                    + "classify --novelty can tell images that are unlike them.")
    private boolean novelty;

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

    /** What {@code --head} says. */
    Optional<String> head() {
        return Optional.ofNullable(head);
    }

    /** How to do again what is being trained. */
    Recipe recipe(Training training, int threads) {
        DecisiveOptions.Given given = new DecisiveOptions(command).given();
        return new Repetition(training, threads).recipe(command.name(), given.words(), given.files());
    }

    boolean resume() {
        return resume;
    }

    OptionalInt checkpointEvery() {
        return gradient.checkpointEvery();
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
     * @param linear a head that is solved
     */
    TrainingRequest request(
            Optional<Path> from,
            Optional<LinearHead> linear,
            Optional<FineTuning> fineTuning,
            ModelOptions model,
            ImageOptions image,
            ComputeOptions compute) {
        return new TrainingRequest(
                data,
                model.request(),
                from,
                Optional.ofNullable(layer),
                linear,
                head(),
                fineTuning,
                gradient.epochs(),
                gradient.batchSize(),
                gradient.optimizer(),
                gradient.schedule(),
                gradient.augmentation(),
                gradient.regularization(),
                classWeights == ClassWeights.BALANCED,
                gradient.patience(),
                gradient.selection(),
                Checks.split(validationSplit),
                compute.precision(),
                novelty,
                image.request(),
                Optional.empty());
    }
}
