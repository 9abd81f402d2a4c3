package cnn.cli;

import cnn.UserError;
import cnn.evaluate.LookInside;
import cnn.model.Model;
import cnn.model.Models;
import cnn.model.Part;
import cnn.report.ReportSink;
import cnn.report.Tiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cnn visualize}: what a network has learnt to look for, and what its layers make of an image. */
@Command(
        name = "visualize",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Look inside a network: the filters of its first convolution, or what a layer makes of an image, as tiles.",
            "",
            "Filters: grey is 0; each is scaled by its own largest number. Activations: a tile for each channel, from its "
                    + "smallest number (dark blue) to its largest (dark red).",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn visualize -m vgg16 --filters -o filters.png",
            "  cnn visualize -m mobilenet --activations conv_pw_3_relu cat.jpg -o maps.png",
            ""
        })
final class VisualizeCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @ArgGroup(multiplicity = "1")
    private What what;

    /** What is to be seen. */
    static final class What {
        @Option(names = "--filters", description = "The filters of the first convolution.")
        private boolean filters;

        @Option(
                names = "--activations",
                paramLabel = "LAYER",
                description = "What this layer makes of IMAGE; `cnn summary` names the layers.")
        private String layer;
    }

    @Parameters(paramLabel = "IMAGE", arity = "0..1", description = "An image file; with --activations.")
    private Path picture;

    @Mixin
    private PngOptions output;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ImageOptions image;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private TalkOptions talkOptions;

    VisualizeCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        if (what.filters != (picture == null)) {
            throw UserError.usage(
                    what.filters ? "--filters shows the network itself, not an image" : "--activations needs an image");
        }
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        try (ReportSink sink = output.open(streams.out());
                Model opened =
                        new Models(model.weightStore(talk), compute.passes(1)).open(model.request(), Part.WHOLE)) {
            sink.write(what.filters ? filters(opened) : activations(opened));
            sink.commit();
            return 0;
        }
    }

    private static byte[] filters(Model opened) {
        return Tiles.colours(LookInside.filters(opened));
    }

    private byte[] activations(Model opened) {
        return Tiles.heat(LookInside.activations(opened, image.preparation(opened), what.layer, picture));
    }
}
