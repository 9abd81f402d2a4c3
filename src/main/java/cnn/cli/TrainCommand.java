package cnn.cli;

import cnn.UserError;
import cnn.model.Head;
import cnn.train.LinearHead;
import cnn.train.TrainingRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn train}: a new head on a frozen network, or a network from scratch. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Train a network to tell your own classes apart: one folder of images for each.",
            "",
            "The network keeps its weights and gets a new head, which is all that learns. The head is one layer on the "
                    + "network's pooled features, of which there is one best: it is found exactly, in seconds, with the "
                    + "penalty that cross-validation on the training images likes best (--head linear).",
            "",
            "Any of --head SPEC, --epochs, --batch-size, --augment, --patience, --checkpoint-every, --optimizer and what "
                    + "belongs to it, --schedule, --label-smoothing, --l2 and --mixup means training by gradient instead, epoch after epoch. Without --augment the "
                    + "network runs once for each image, and what it made of it is kept in the cache. With --weights none "
                    + "the whole network learns, from random weights.",
            "",
            "With --auto networks, layers and fine-tuning are tried first, as `cnn advise` does, and what that proposes is "
                    + "trained; the model says why it is that (auto).",
            "",
            "Of all epochs the one with the lowest validation loss is saved (--select). A run that was killed goes on with "
                    + "--resume and ends in the same bytes; one that Ctrl-C stops saves the best epoch so far, as a model that "
                    + "is not complete. Standard output gets one line of JSON.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn train photos/ -o flowers.zip                  photos/daisy/*.jpg, photos/tulips/*.jpg, ...",
            "  cnn train photos/ --auto --budget 5m -o flowers.zip     what does best, by trying",
            "  cnn train -m mobilenet-0.75 --refit all photos/ -o flowers.zip",
            "  cnn train -m vgg16 --head flatten,dense:256:relu,dropout:0.5 data/ -o pets.zip",
            "  cnn train --augment flip,rotate:0.1,zoom:0.2 --epochs 50 --patience 5 data/ -o pets.zip",
            "  cnn train -m mobilenet-0.25 --weights none --input-size 64 --epochs 100 data/ -o own.zip",
            "  cnn train --from flowers.zip more/ -o more.zip    the same base, and the classes of more/",
            "  cnn classify -m flowers.zip new/",
            ""
        })
final class TrainCommand implements Callable<Integer>, Trains {
    private final Main.Streams streams;

    @Mixin
    private TrainingOptions options;

    @Option(
            names = "--from",
            paramLabel = "MODEL-FILE",
            description =
                    "A model that was trained before, whose base stays as it is, fine-tuned or not. Its head is solved anew, as "
                            + "with -m; with options of training by gradient it is trained further, for the classes of the data: "
                            + "those that it knew go on from what it knows.")
    private Path from;

    @Mixin
    private AutoOptions auto;

    @Mixin
    private LinearHeadOptions linear;

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

    TrainCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Optional<Duration> budget = auto.budget();
        return budget.isPresent()
                ? new AutoTraining(job(), request(), budget.get()).run(streams)
                : job().run(streams, request());
    }

    @Override
    public TrainingJob job() {
        return new TrainingJob(options, model, compute, cache, talkOptions.open(streams.err(), streams.terminal()));
    }

    @Override
    public TrainingRequest request() {
        check();
        Optional<LinearHead> solved = linear.head(options.head(), model.randomWeights());
        if (from != null && solved.isPresent()) {
            model.orTrained(from);
        }
        return options.request(
                Optional.ofNullable(from).filter(file -> solved.isEmpty()),
                solved,
                Optional.empty(),
                model,
                image,
                compute);
    }

    private void check() {
        boolean randomWeights = from != null && model.randomWeights();
        boolean otherHead = from != null
                && options.head().filter(head -> !head.equals(Head.LINEAR)).isPresent();
        if (randomWeights
                || otherHead
                || (from != null && (model.isNamed() || model.inputSize().isPresent()))) {
            throw UserError.usage(
                    "%s does not go with --from, which has all that from the model; -m %s puts a new head on it"
                            .formatted(
                                    randomWeights
                                            ? "--weights none"
                                            : otherHead ? "--head" : model.isNamed() ? "-m" : "--input-size",
                                    from));
        }
    }
}
