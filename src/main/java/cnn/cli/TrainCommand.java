package cnn.cli;

import cnn.train.TrainingRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "Of all epochs the one with the lowest validation loss is saved (--select). A run that was killed goes on with "
                    + "--resume and ends in the same bytes; one that Ctrl-C stops saves the best epoch so far, as a model that "
                    + "is not complete. Standard output gets one line of JSON.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn train photos/ -o flowers.zip                  photos/daisy/*.jpg, photos/tulips/*.jpg, ...",
            "  cnn train -m mobilenet-0.75 --refit all photos/ -o flowers.zip",
            "  cnn train -m vgg16 --head flatten,dense:256:relu,dropout:0.5 data/ -o pets.zip",
            "  cnn train --augment flip,rotate:0.1,zoom:0.2 --epochs 50 --patience 5 data/ -o pets.zip",
            "  cnn train -m mobilenet-0.25 --weights none --input-size 64 --epochs 100 data/ -o own.zip",
            "  cnn classify -m flowers.zip new/",
            ""
        })
final class TrainCommand implements Callable<Integer>, Trains {
    private final Main.Streams streams;

    @Mixin
    private TrainingOptions options;

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
        return job().run(streams, request());
    }

    @Override
    public TrainingJob job() {
        return new TrainingJob(options, model, compute, cache, talkOptions.open(streams.err(), streams.terminal()));
    }

    @Override
    public TrainingRequest request() {
        return options.request(
                Optional.empty(),
                linear.head(options.head(), model.randomWeights()),
                Optional.empty(),
                model,
                image,
                compute);
    }
}
