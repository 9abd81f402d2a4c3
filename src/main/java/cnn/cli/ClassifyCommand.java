package cnn.cli;

import cnn.UserError;
import cnn.classify.Certainty;
import cnn.classify.Classifier;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.data.InputRange;
import cnn.data.PassedOver;
import cnn.image.ImageDecoder;
import cnn.model.Model;
import cnn.model.Models;
import cnn.report.AnswersOf;
import cnn.report.ClassificationReport;
import cnn.shard.MergedShards;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn classify}: names what is on images. */
@Command(
        name = "classify",
        aliases = "predict",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Name what is on images: one result for every input, in order.",
        footerHeading = "Examples:%n",
        footer = {
            "  cnn classify dog.jpg",
            "  cnn classify -m vgg16 -k 3 photos/ 'more/*.png'",
            "  find . -name '*.jpg' -print0 | cnn classify -0 -f jsonl -o rows.jsonl -",
            "  cnn classify -o rows.parquet photos/            a table for Spark, DuckDB, pandas",
            "  cnn classify -m resnet50 --resize center-crop -f csv photos/",
            "  cnn classify -o rows.csv --resume photos/       go on after Ctrl-C",
            "  cnn classify -m pets.zip --calibrated --threshold 0.9 --coverage 0.95 --novelty new/",
            ""
        })
final class ClassifyCommand implements Callable<Integer> {
    private static final int SOME_FAILED = 1;

    private final Main.Streams streams;

    @Mixin
    private InputOptions inputs;

    @Option(
            names = {"-k", "--top"},
            paramLabel = "N",
            defaultValue = "5",
            description = "How many classes to name. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Mixin
    private CertaintyOptions certaintyOptions;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--resume",
            description =
                    "Go on from FILE.part, which a run with -o FILE leaves when it is cut off; it ends in the same "
                            + "bytes as one that was not. Give the same inputs.")
    private boolean resume;

    @Mixin
    private ShardOptions shard;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ImageOptions image;

    @Mixin
    private TestTimeOptions testTime;

    @Mixin
    private RunOptions run;

    @Mixin
    private TalkOptions talkOptions;

    ClassifyCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        int wanted = Checks.positive("--top", top);
        certaintyOptions.check(testTime);
        int batchSize = inputs.batchSize(run.batchSize());
        try (ClassificationReport report = output.openRows(streams.out(), resume);
                WhenStopped stopped = new WhenStopped(talk, report::cutOff);
                Model loaded = new Models(model.weightStore(talk), run.passes(batchSize), run.ranges())
                        .classifier(model.request())) {
            testTime.apply(loaded);
            talk.detail("network " + loaded.name() + " is ready");
            ImagePreparation preparation = image.preparation(loaded);
            Certainty certainty = certaintyOptions.certainty(loaded, model.request(), testTime, talk);
            Classifier classifier = new Classifier(loaded, preparation, wanted, batchSize, run.threads(), certainty);
            classify(classifier, report, talk);
            return report.failures() == 0 ? 0 : SOME_FAILED;
        }
    }

    private static String failed(ClassificationReport report) {
        return String.format(Locale.ROOT, "%,d failed", report.failures());
    }

    private void classify(Classifier classifier, ClassificationReport report, Talk talk) {
        PassedOver passedOver = new PassedOver(ImageDecoder::looksLikeImage);
        Map<String, String> settings = new LinkedHashMap<>(classifier.settings());
        Optional<InputRange> range = inputs.range(shard.shard(), streams.in(), classifier.wholeImages());
        range.ifPresent(part -> settings.put("shard", "%s of %,d inputs".formatted(part.shard(), part.inputs())));
        InputProgress shown = new InputProgress(talk, () -> inputs.count(range));
        try {
            Iterator<ImageInput> images = inputs.images(streams.in(), passedOver, output, range);
            report.begin(
                    new AnswersOf(
                            classifier.model().name(),
                            classifier.facts(),
                            range.map(InputRange::first).orElse(0L)),
                    certaintyOptions.columns(classifier.certainty()),
                    settings,
                    images,
                    talk::note);
            classifier.classify(images, answers -> {
                report.write(answers);
                showProgress(shown, report);
                return !report.isAbandoned();
            });
        } catch (UserError e) {
            if (e.kind() == UserError.Kind.USAGE) {
                report.discard(); // an input is the output: nothing is to be touched
            }
            throw e;
        }
        report.end();
        noteShard(range, report, classifier);
        shown.done(report.answers(), failed(report));
        passedOver.words().ifPresent(talk::note);
        output.told(talk, report.answers(), report.failures());
    }

    private void noteShard(Optional<InputRange> range, ClassificationReport report, Classifier classifier) {
        if (output.toFile()) {
            Map<String, String> all = new LinkedHashMap<>(classifier.settings());
            all.put("columns", certaintyOptions.columns(classifier.certainty()).toString());
            all.put(MergedShards.FORMAT, output.rowFormat().id());
            ShardOptions.note(range, report.failures(), all, List.of(output.file()));
        }
    }

    /** Rows on the terminal are progress enough. */
    private void showProgress(InputProgress shown, ClassificationReport report) {
        if (output.toFile() || !streams.terminal().out()) {
            shown.show(report.answers(), failed(report));
        }
    }
}
