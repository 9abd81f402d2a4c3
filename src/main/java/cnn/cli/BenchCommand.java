package cnn.cli;

import cnn.UserError;
import cnn.classify.Benchmark;
import cnn.classify.ImagePreparation;
import cnn.image.TestPicture;
import cnn.model.Model;
import cnn.model.Models;
import cnn.report.BenchmarkReport;
import cnn.report.ModelList;
import cnn.report.SpeedFront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                "Measure images per second for each part of a classification, cold start and peak memory; or, with "
                        + "--all, the forward pass of every published network. `cnn models list` shows what was measured.",
        footerHeading = "Examples:%n",
        footer = {
            "  cnn bench -m mobilenet-0.75",
            "  cnn bench -m resnet50 --weights none --batch-size 1 --batch-size 16 -f json",
            "  cnn bench -m vgg16 --weights none --precision bf16 --image photo.jpg",
            "  cnn bench --all --weights none -o front.png",
            "  cnn bench -m mobilenet-0.75 --precision int8    after cnn quantize -m mobilenet-0.75 photos/",
            ""
        })
final class BenchCommand implements Callable<Integer>, Writing {
    private static final int IMAGES_PER_RUN = 64;
    private static final int COLD_STARTS = 5;

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
            paramLabel = "FILE",
            description = "The image to work on. Default: a drawn JPEG of 500x375.")
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
            Path picture = image == null ? TestPicture.write(folder.resolve("500x375.jpg"), 500, 375) : existing(image);
            BenchmarkReport report = measure(talk, sizes, picture);
            talk.clear();
            table.print(streams.out(), report::as);
            return 0;
        } finally {
            Files.deleteIfExists(folder.resolve("500x375.jpg"));
            Files.deleteIfExists(folder);
        }
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

    private BenchmarkReport measure(Talk talk, List<Integer> sizes, Path picture) {
        int largest = sizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
        talk.show("cold start ...");
        ColdStart cold = ColdStart.measure(COLD_STARTS, model.classifyArguments(compute, engine, ranges, picture));
        try (Model loaded = new Models(
                        model.weightStore(talk),
                        compute.passes(engine.engine(), largest),
                        ranges.files(compute.precision()))
                .classifier(model.request())) {
            ImagePreparation preparation = imageOptions.preparation(loaded);
            Benchmark benchmark = new Benchmark(loaded, preparation, compute.threads(), seconds);
            List<Benchmark.Forward> forward = new ArrayList<>();
            for (int size : sizes) {
                talk.show("forward, batch " + size + " ...");
                forward.add(benchmark.forward(size));
            }
            BenchmarkAll.keep(talk, BenchmarkAll.speeds(loaded.name(), loaded, forward, compute, engine));
            talk.show("decode, preprocess ...");
            double decode = benchmark.decode(picture);
            double preprocess = benchmark.preprocess(picture);
            talk.show("end to end ...");
            double endToEnd = benchmark.endToEnd(picture, IMAGES_PER_RUN, largest);
            return new BenchmarkReport(
                    loaded.name(),
                    engine.engine().id(),
                    compute.precision().id(),
                    compute.threads(),
                    forward,
                    decode,
                    preprocess,
                    largest,
                    endToEnd,
                    cold.seconds(),
                    cold.peakMemoryBytes());
        }
    }

    private static Path existing(Path image) {
        if (!Files.isReadable(image)) {
            throw UserError.data(image + " cannot be read");
        }
        return image;
    }
}
