package cnn.cli;

import cnn.UserError;
import cnn.data.ImageInput;
import cnn.data.ImageInputs;
import cnn.image.ImageDecoder;
import cnn.image.TestPicture;
import cnn.report.BenchmarkReport;
import cnn.report.ModelList;
import cnn.report.SpeedFront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn bench}: how fast this machine is with a network. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Measure images per second for each part of a classification, cold start and peak memory, in every "
                        + "arithmetic that the processor has and the model has ranges for, side by side; or, with --all, the "
                        + "forward pass of every published network. `cnn models list` shows what was measured.",
        footerHeading = "Examples:%n",
        footer = {
            "  cnn bench -m mobilenet-0.75 --image photos/",
            "  cnn bench -m resnet50 --weights none --batch-size 1 --batch-size 16 -f json",
            "  cnn bench -m vgg16 --weights none --precision bf16 --image photo.jpg",
            "  cnn bench --all --weights none -o front.png",
            "  cnn bench -m mobilenet-0.75 --precision int8    after cnn quantize -m mobilenet-0.75 photos/",
            ""
        })
final class BenchCommand implements Callable<Integer>, Writing {
    private static final int MOST_IMAGES = 256;

    private final Main.Streams streams;

    @Mixin
    private ModelWord word;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Images per forward pass; may be given several times. Default: 1 and 8.")
    private List<Integer> batchSizes;

    @Option(
            names = "--image",
            paramLabel = "FILE|FOLDER",
            description =
                    "The image to work on, or a folder, of which the first 256 are. Default: a drawn JPEG of 500x375.")
    private Path image;

    @Option(
            names = "--seconds",
            paramLabel = "X",
            defaultValue = "3",
            description = "Time for each figure. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--all",
            description =
                    "The forward pass of every network with published weights, with random ones (--weights none), "
                            + "which are kept nowhere; batch 8 unless told otherwise.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.png|svg",
            description = "With --all: a picture of accuracy against speed.")
    private Path output;

    @Mixin
    private ImageOptions imageOptions;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private RangesOptions ranges;

    @Mixin
    private TalkOptions talkOptions;

    @Mixin
    private TableOptions table;

    BenchCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public List<Path> outputs() {
        return output == null ? List.of() : List.of(output);
    }

    @Override
    public Integer call() throws IOException {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        model.orNamed(word);
        List<Integer> sizes = batchSizes != null ? batchSizes : all ? List.of(8) : List.of(1, 8);
        sizes.forEach(size -> Checks.positive("--batch-size", size));
        if (all) {
            return measureAll(talk, sizes);
        }
        if (output != null) {
            throw UserError.usage("-o is the picture of accuracy against speed: it goes with --all");
        }
        Path folder = Files.createTempDirectory("cnn-bench");
        try {
            List<Path> images =
                    image == null ? List.of(TestPicture.write(folder.resolve("500x375.jpg"), 500, 375)) : images();
            BenchmarkReport report = new BenchmarkNetwork(
                            model, compute, engine, ranges, imageOptions::preparation, sizes, seconds, folder, talk)
                    .run(images);
            talk.clear();
            table.print(streams.out(), report::as);
            return 0;
        } finally {
            Files.deleteIfExists(folder.resolve("500x375.jpg"));
            Files.deleteIfExists(folder.resolve(BenchmarkNetwork.RANGES));
            Files.deleteIfExists(folder);
        }
    }

    /** The image named, or the first of the folder named. */
    private List<Path> images() {
        if (!Files.isReadable(image)) {
            throw UserError.data(image + " cannot be read");
        }
        Iterator<ImageInput> found = new ImageInputs(ImageDecoder::looksLikeImage)
                .of(List.of(image.toString()).iterator());
        List<Path> images = new ArrayList<>();
        while (found.hasNext() && images.size() < MOST_IMAGES) {
            found.next().path().ifPresent(images::add);
        }
        if (images.isEmpty()) {
            throw UserError.data(image + " is a folder without images");
        }
        return images;
    }

    private int measureAll(Talk talk, List<Integer> sizes) {
        if (!model.randomWeights() || model.isNamed()) {
            throw UserError.usage(
                    "--all goes with --weights none and without -m: it measures every network, with random weights");
        }
        Optional<FrontPicture> picture =
                Optional.ofNullable(output).map(file -> FrontPicture.open(file, streams.out()));
        try (StopSignals signals = new StopSignals(() -> talk.note("stopping after this network"))) {
            BenchmarkAll benchmark = new BenchmarkAll(
                    compute, engine, model.weightStore(talk), imageOptions::preparation, sizes, seconds, talk);
            List<ModelList.Entry> measured = benchmark.run(signals);
            talk.clear();
            table.print(streams.out(), new ModelList(measured, Optional.of(ModelList.Order.SPEED))::as);
            picture.ifPresent(drawn -> drawn.write(new SpeedFront(measured)));
            return signals.getAsBoolean() ? StopSignals.EXIT_CODE : 0;
        } finally {
            picture.ifPresent(FrontPicture::close);
        }
    }
}
