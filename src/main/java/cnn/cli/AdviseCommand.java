package cnn.cli;

import cnn.UserError;
import cnn.advise.Advice;
import cnn.advise.AdviceRequest;
import cnn.advise.Advisor;
import cnn.advise.WeightsHere;
import cnn.cache.FeatureCache;
import cnn.data.OutputFiles;
import cnn.model.ModelRequest;
import cnn.report.AdviceReport;
import cnn.report.ReportSink;
import cnn.weights.WeightStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn advise}: which network to train on some images, on which layer, and whether fine-tuning pays. */
@Command(
        name = "advise",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Say what to train on some images, by measurement: which of the networks whose weights are here, with the head "
                    + "on which layer, and whether fine-tuning pays. The last line is the command to type.",
            "",
            "Of each network one pass gives the features of several layers. For each layer a linear head is cross-validated "
                    + "on the training images (accuracy with its 95 %% interval, log loss); LogME (You 2021) and LEEP (Nguyen "
                    + "2020) stand beside it. Candidates whose paired differences to the most accurate one, of accuracy and of loss, may be 0 count as "
                    + "equal, and the cheapest of them is proposed, marked *. Cost is multiply-adds for an image.",
            "",
            "Much data is 500 training images a class or more. Data are similar to what the network was trained on where its "
                    + "own classes say at least a third of what there is to say of the new ones (1 + LEEP / the labels' entropy), "
                    + "and no earlier layer is significantly better than the last. Fine-tuning is tried for a few epochs, against "
                    + "the linear head, on validation images that chose nothing, and proposed only where McNemar's test says that "
                    + "it is better.",
            "",
            "Where --budget is too short for all training images a part is tried, of each class its share. Equal images, --seed "
                    + "and --budget try the same; what the clock leaves no time for is said.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn advise photos/",
            "  cnn advise --budget 2m -m mobilenet -m mobilenet-0.25 photos/",
            "  cnn advise -m here -m own.zip photos/         all that are here, and one of your own",
            "  cnn advise -f json -o advice.json photos/",
            "  cnn train photos/ --auto -o pets.zip          does what advise proposes",
            ""
        })
final class AdviseCommand implements Callable<Integer> {
    private static final String HERE = "here";

    private final Main.Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DATA",
            description =
                    "A folder with train/ and validation/ (or val/) and a folder per class in each; or a folder per "
                            + "class directly, of which --validation-split holds some images back.")
    private Path data;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|FILE",
            description =
                    "Try only this network, by name or a model file; several may be given. here: all whose weights "
                            + "are here, and the bundled ones, which is the default. Nothing is downloaded but what is named.")
    private List<String> models = List.of();

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long it may take: 90s, 10m, 1h. Default: ${DEFAULT-VALUE}.")
    private Duration budget;

    @Option(
            names = "--validation-split",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "Of each class, where there is no folder for validation. Default: ${DEFAULT-VALUE}.")
    private double validationSplit;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description =
                    "Of the split, of the images that are tried, of folds and intervals. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private OutputOptions output;

    @Mixin
    private StoreOptions store;

    @Mixin
    private ImageOptions image;

    @Mixin
    private ThreadOptions threads;

    @Mixin
    private CacheOptions cacheOptions;

    @Mixin
    private TalkOptions talkOptions;

    AdviseCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        WeightStore weights = store.open(talk);
        AdviceRequest request = new AdviceRequest(
                data, requests(weights), Checks.split(validationSplit), seed, budget, image.request());
        try (ReportSink sink = output.open(streams.out())) {
            Advice advice = advise(request, weights, cacheOptions.open(talk), output, threads.threads(), talk);
            String command = new ProposedLine(spec.commandLine().getParseResult(), data).words(advice);
            sink.write(new AdviceReport(advice, command).as(output.format()).getBytes(StandardCharsets.UTF_8));
            sink.commit();
            return 0;
        }
    }

    /** Closes the cache in the end. */
    static Advice advise(
            AdviceRequest request,
            WeightStore weights,
            Optional<FeatureCache> cache,
            Writing written,
            int threads,
            Talk talk) {
        try {
            OutputFiles outputs = OutputFiles.of(written.outputs());
            return new Advisor(request, weights, cache, outputs, threads, new AdviceTalk(talk)).advise();
        } finally {
            talk.clear();
            cache.ifPresent(FeatureCache::close);
        }
    }

    private List<ModelRequest> requests(WeightStore weights) {
        List<ModelRequest> requests = new ArrayList<>();
        for (String name : models) {
            if (name.equals(HERE)) {
                requests.addAll(new WeightsHere(weights).requests(seed));
            } else {
                requests.add(ModelOptions.request(
                        Optional.of(name), Optional.empty(), seed, Optional.empty(), new KerasOptions()));
            }
        }
        requests.stream()
                .filter(request -> requests.indexOf(request) != requests.lastIndexOf(request))
                .findFirst()
                .ifPresent(twice -> {
                    throw UserError.usage("-m %s is given twice; leave one out".formatted(twice.name()));
                });
        return requests;
    }
}
