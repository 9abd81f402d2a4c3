package cnn.cli;

import cnn.classify.ImagePreparation;
import cnn.evaluate.Explainer;
import cnn.evaluate.Explanation;
import cnn.evaluate.GradCam;
import cnn.model.Model;
import cnn.model.Models;
import cnn.report.ExplanationPicture;
import cnn.report.ReportSink;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cnn explain}: where on an image a model sees a class. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Show where on an image a model sees a class: Grad-CAM (Selvaraju et al. 2017) over the picture.",
        footerHeading = "Examples:%n",
        footer = {
            "  cnn explain -m resnet50 elephant.jpg -o why.png",
            "  cnn explain -m mobilenet elephant.jpg --class tusker -o tusker.png",
            "  cnn explain -m pets.zip cat.jpg --layer conv_pw_11_relu -o finer.png",
            ""
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int LONGEST = 560;

    private final Main.Streams streams;

    @Parameters(paramLabel = "IMAGE", description = "An image file.")
    private Path picture;

    @Mixin
    private PngOptions output;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "The class to look for, by its name or id. Default: the likeliest.")
    private String wanted;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "The layer whose feature map is looked at. Default: the last one with a map.")
    private String layer;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ImageOptions image;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private TalkOptions talkOptions;

    ExplainCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        try (ReportSink sink = output.open(streams.out());
                Model opened = new Models(model.weightStore(talk), compute.passes(1)).classifier(model.request());
                GradCam gradCam = GradCam.open(opened, Optional.ofNullable(layer))) {
            ImagePreparation preparation = image.preparation(opened);
            Explanation explanation =
                    new Explainer(opened, gradCam, preparation, LONGEST).explain(picture, Optional.ofNullable(wanted));
            sink.write(ExplanationPicture.png(explanation));
            sink.commit();
            return 0;
        }
    }
}
