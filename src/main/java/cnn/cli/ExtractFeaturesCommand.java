package cnn.cli;

import cnn.UserError;
import cnn.cache.FeatureCache;
import cnn.data.InputRange;
import cnn.data.PassedOver;
import cnn.features.FeatureExtractor;
import cnn.features.FeatureExtractor.Progress;
import cnn.features.FeatureLayout;
import cnn.features.FeatureRow;
import cnn.image.ImageDecoder;
import cnn.model.Model;
import cnn.model.Models;
import cnn.model.Part;
import cnn.report.FeatureReport;
import cnn.shard.MergedShards;
import cnn.shard.ShardNote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn extract-features}: the numbers that a network makes of images, for other programs and for training. */
@Command(
        name = "extract-features",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Take features out of a network: one row for every input, in order.",
            "",
            "Without --layer: what Keras's include_top=False gives, so the last feature map, pooled to its mean by channel; "
                    + "of a model that was trained what its head takes, and of one from scratch or from a whole Keras file "
                    + "what goes into its last dense layer. "
                    + "Maps are pooled as --pooling says, whichever layer they come from; vectors, such as VGG16's fc2, stay "
                    + "as they are. One layer with --pooling none keeps its shape (in .npy and .h5: n, height, width, "
                    + "channels); several layers are flattened, one behind the other in the order given. What lies above "
                    + "the last layer asked for is not run.",
            "",
            "Features are kept in a cache by what they were computed from: the file's content, the weights, the "
                    + "preprocessing, the layers. So a run that was killed goes on where it was, and a second run computes "
                    + "nothing. An input that fails is a row of NaN (in .jsonl an error, in .parquet null and an error), and exit code 1.",
            "",
            "A .parquet is a table with the columns row, input, label, status, error_code, error_message and features "
                    + "(a list of floats), for Spark, DuckDB, pandas and the like; what the features are of is in its metadata "
                    + "(cnn.model, cnn.weights, cnn.preprocessing, cnn.layers, cnn.shape).",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn extract-features -o features.npy photos/       and features.npy.csv, which names the rows",
            "  cnn extract-features -m vgg16 --layer fc2 -o fc2.h5 photos/",
            "  cnn extract-features -m mobilenet-0.75 --layer conv_pw_6_relu --layer conv_pw_13_relu -o two.npy photos/",
            "  cnn extract-features -m vgg16 --input-size 200 --pooling none -o maps.npy photos/",
            "  cnn extract-features --pooling max -o features.csv photos/",
            ""
        })
final class ExtractFeaturesCommand implements Callable<Integer>, Writing {
    private static final int SOME_FAILED = 1;

    /** Algorithms are chosen for this number of images, whatever the batch size, so that it changes a few bits at most. */
    private static final int USUAL_IMAGES = 8;

    private final Main.Streams streams;

    @Mixin
    private InputOptions inputs;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "A layer by its Keras name, as `cnn summary` shows it; repeated for several.")
    private List<String> layers = List.of();

    @Option(
            names = "--pooling",
            paramLabel = "none|avg|max",
            defaultValue = "avg",
            description = "What becomes of feature maps. Default: ${DEFAULT-VALUE}.")
    private FeaturePooling pooling;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write, by suffix: .npy, .csv, .jsonl, .h5 or .parquet.")
    private Path output;

    @Mixin
    private ShardOptions shard;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ImageOptions image;

    @Mixin
    private RunOptions run;

    @Mixin
    private CacheOptions cacheOptions;

    @Mixin
    private TalkOptions talkOptions;

    ExtractFeaturesCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public List<Path> outputs() {
        List<Path> files = new ArrayList<>(FeatureReport.files(output));
        files.add(ShardNote.beside(output));
        return files;
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        try (FeatureReport report = FeatureReport.open(output);
                Model opened = new Models(model.weightStore(talk), run.passes(USUAL_IMAGES), run.ranges())
                        .open(model.request(), Part.upTo(layers));
                OptionalCache cache = new OptionalCache(cacheOptions.open(talk))) {
            FeatureLayout layout = FeatureLayout.of(opened, pooling.pooling());
            FeatureExtractor extractor = new FeatureExtractor(
                    opened, layout, image.preparation(opened), cache.opened(), run.batchSize(), run.threads());
            PassedOver passedOver = new PassedOver(ImageDecoder::looksLikeImage);
            Optional<InputRange> range = inputs.range(shard.shard(), streams.in(), 1);
            report.begin(
                    layout.shape(),
                    extractor.facts(),
                    range.map(InputRange::first).orElse(0L));
            InputProgress shown = new InputProgress(talk, () -> inputs.count(range));
            Progress progress =
                    extractor.extract(inputs.images(streams.in(), passedOver, this, range), (rows, soFar) -> {
                        report.write(rows);
                        rows.forEach(row -> noteFailure(talk, row));
                        shown.show(soFar.inputs(), details(soFar));
                        return true;
                    });
            if (range.map(InputRange::inputs).orElse(progress.inputs()) == 0) {
                throw UserError.data("no inputs: standard input named none");
            }
            report.end();
            ShardOptions.note(range, progress.failed(), settings(extractor), FeatureReport.files(output));
            shown.done(progress.inputs(), details(progress));
            passedOver.words().ifPresent(talk::note);
            talk.written(progress.inputs(), progress.failed(), output);
            return progress.failed() == 0 ? 0 : SOME_FAILED;
        }
    }

    private Map<String, String> settings(FeatureExtractor extractor) {
        Map<String, String> settings = new LinkedHashMap<>(extractor.settings());
        settings.put(MergedShards.FORMAT, FeatureReport.format(output));
        return settings;
    }

    private static String details(Progress progress) {
        return String.format(
                Locale.ROOT,
                "%,d from the cache, %,d computed, %,d failed",
                progress.cached(),
                progress.computed(),
                progress.failed());
    }

    private static void noteFailure(Talk talk, FeatureRow row) {
        row.failure().ifPresent(failure -> talk.note(row.input() + ": " + failure.message()));
    }

    /** A cache to be closed, if there is one. */
    private record OptionalCache(Optional<FeatureCache> opened) implements AutoCloseable {
        @Override
        public void close() {
            opened.ifPresent(FeatureCache::close);
        }
    }
}
