package cnn.cli;

import cnn.data.PassedOver;
import cnn.image.ImageDecoder;
import cnn.report.ClassificationReport;
import cnn.report.ReportSink;
import cnn.transfer.Classifier;
import cnn.transfer.ImagePreparation;
import cnn.transfer.LoadedModel;
import cnn.transfer.ModelLoader;
import java.util.Locale;
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
            "  cnn classify -m resnet50 --resize center-crop -f csv photos/",
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
    private OutputOptions output;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ImageOptions image;

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
        int batchSize = inputs.batchSize(run.batchSize());
        try (ReportSink sink = output.open(streams.out());
                LoadedModel loaded = new ModelLoader(model.weightStore(talk), run.passes(batchSize, talk))
                        .classifier(model.request())) {
            talk.detail("network " + loaded.name() + " is ready");
            ClassificationReport report = new ClassificationReport(output.format(), loaded.name(), sink);
            ImagePreparation preparation = image.preparation(loaded);
            Classifier classifier = new Classifier(loaded, preparation, wanted, batchSize, run.threads());
            PassedOver passedOver = new PassedOver(ImageDecoder::looksLikeImage);
            InputProgress shown = new InputProgress(talk, inputs::count);
            classifier.classify(inputs.images(streams.in(), passedOver, output), answers -> {
                report.write(answers);
                showProgress(shown, report);
                return !sink.isAbandoned();
            });
            report.end();
            shown.done(report.answers(), failed(report));
            passedOver.words().ifPresent(talk::note);
            return report.failures() == 0 ? 0 : SOME_FAILED;
        }
    }

    private static String failed(ClassificationReport report) {
        return String.format(Locale.ROOT, "%,d failed", report.failures());
    }

    /** Rows on the terminal are progress enough. */
    private void showProgress(InputProgress shown, ClassificationReport report) {
        if (output.toFile() || !streams.terminal().out()) {
            shown.show(report.answers(), failed(report));
        }
    }
}
