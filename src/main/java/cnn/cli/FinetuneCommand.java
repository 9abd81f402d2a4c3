package cnn.cli;

import cnn.UserError;
import cnn.model.Head;
import cnn.train.FineTuning;
import cnn.train.TrainingRequest;
import cnn.train.Unfreezing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn finetune}: the top of the base learns too. */
@Command(
        name = "finetune",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Train a network's upper layers together with its head.",
            "",
            "With -m the head is trained first, by gradient (--head, --epochs), and then both from the best of these epochs "
                    + "on; with --from the model is trained further, such as one with the linear head of `cnn train`; where the data have other "
                    + "classes, its head learns them first, alone, those that it knew from what it knows of them on. Batch norms of the base keep their statistics, unless --bn says otherwise. If no "
                    + "epoch is better than the model was before, that is what is saved.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn finetune -m vgg16 --head avg,dense:1024:relu --optimizer adam --unfreeze 4 data/ -o pets.zip",
            "  cnn finetune --from pets.zip --unfreeze block5_conv1 data/ -o better.zip",
            "  cnn finetune -m mobilenet-0.75 --unfreeze 6 --finetune-epochs 20 data/ -o pets.zip",
            "  cnn finetune --from pets.zip --unfreeze 20 --finetune-lr auto data/ -o better.zip",
            ""
        })
final class FinetuneCommand implements Callable<Integer>, Trains {
    private static final String AUTO = "auto";

    private final Main.Streams streams;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions options;

    @Option(
            names = "--from",
            paramLabel = "MODEL-FILE",
            description = "A model that was trained before, instead of -m.")
    private Path from;

    @Option(
            names = "--unfreeze",
            paramLabel = "N|LAYER|all",
            required = true,
            description = "The last N layers of the base, as Keras's base.layers[-N:] (all kinds count); or from that "
                    + "layer up; or all of them.")
    private String unfreeze;

    @Option(
            names = "--finetune-epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Epochs with unfrozen layers, after --epochs of the head. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = {"--finetune-learning-rate", "--finetune-lr"},
            paramLabel = "auto|X",
            defaultValue = "1e-5",
            description =
                    "In these epochs. auto: the best of five rates, by what a third of the epochs with each comes to on the "
                            + "validation images. Default: ${DEFAULT-VALUE}.")
    private String learningRate;

    @Option(
            names = "--layer-decay",
            paramLabel = "X",
            defaultValue = "1",
            description =
                    "What the learning rate is multiplied with from layer to layer down from the head: lower layers "
                            + "learn slower where it is below 1. Default: ${DEFAULT-VALUE}.")
    private double layerDecay;

    @Option(
            names = "--bn",
            paramLabel = "inference|training",
            defaultValue = "inference",
            description =
                    "training: batch norms among the unfrozen layers normalise with the batch's statistics and move their "
                            + "own, as in the fit() of Keras 3. Default: ${DEFAULT-VALUE}.")
    private BatchNorm batchNorm;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ImageOptions image;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private CacheOptions cache;

    @Mixin
    private TalkOptions talkOptions;

    private enum BatchNorm {
        INFERENCE,
        TRAINING
    }

    FinetuneCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        return job().run(streams, request());
    }

    @Override
    public TrainingJob job() {
        return new TrainingJob(options, model, compute, cache, talkOptions.open(streams.err(), streams.terminal()));
    }

    @Override
    public TrainingRequest request() {
        check();
        FineTuning fineTuning = new FineTuning(
                new Unfreezing(unfreeze),
                epochs,
                learningRate(),
                layerDecay,
                batchNorm == BatchNorm.TRAINING,
                learningRate.equals(AUTO));
        return options.request(
                Optional.ofNullable(from), Optional.empty(), Optional.of(fineTuning), model, image, compute);
    }

    /** Where it is measured any will do. */
    private double learningRate() {
        try {
            return learningRate.equals(AUTO)
                    ? 1
                    : Checks.positive("--finetune-learning-rate", Double.parseDouble(learningRate));
        } catch (NumberFormatException e) {
            throw UserError.usage("--finetune-learning-rate must be auto or a number above 0, not " + learningRate, e);
        }
    }

    private void check() {
        Checks.positive("--finetune-epochs", epochs);
        if (!(layerDecay > 0 && layerDecay <= 1)) {
            throw UserError.usage("--layer-decay must be above 0 and at most 1, not " + layerDecay);
        }
        learningRate();
        if (options.head().filter(Head.LINEAR::equals).isPresent()) {
            throw UserError.usage(
                    "--head linear is not trained by gradient; solve it first: cnn train -o m.zip, and go on "
                            + "with cnn finetune --from m.zip");
        }
        if (from == null && model.randomWeights()) {
            throw UserError.usage("random weights have nothing to fine-tune; use `cnn train --weights none`");
        }
        for (String option : List.of("--model", "--head", "--layer", "--epochs", "--learning-rate", "--input-size")) {
            if (from != null && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw UserError.usage(
                        "%s does not go with --from, which has all that from the model".formatted(option));
            }
        }
    }
}
