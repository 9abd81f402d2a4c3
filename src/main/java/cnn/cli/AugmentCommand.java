package cnn.cli;

import cnn.UserError;
import cnn.files.Sha256;
import cnn.image.Augmentation;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.image.PictureGrid;
import cnn.image.Pixels;
import cnn.image.PngEncoder;
import cnn.model.ModelRequest.InputSize;
import cnn.report.ReportSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cnn augment}: what training with {@code --augment} gets to see. */
@Command(
        name = "augment",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Show what --augment makes of an image: a picture of what the first nine epochs see of it.",
        footerHeading = "Examples:%n",
        footer = {
            "  cnn augment cat.jpg --augment flip,rotate:0.1,zoom:0.2 -o nine.png",
            "  cnn augment cat.jpg --augment hshift:0.2,vshift:0.2,fill:nearest --input-size 180 -o nine.png",
            ""
        })
final class AugmentCommand implements Callable<Integer> {
    private static final int COLUMNS = 3;
    private static final int PICTURES = 9;
    private static final int LARGEST = 2048;

    private final Main.Streams streams;

    @Parameters(paramLabel = "IMAGE", description = "An image file.")
    private Path image;

    @Option(
            names = "--augment",
            paramLabel = "SPEC",
            required = true,
            description =
                    "Separated by commas: flip, vflip, rotate:0.1 (of a turn), zoom:0.2, hshift:0.1 and vshift:0.1 "
                            + "(of the size), shear:DEGREES, brightness:LO-HI (factors), channel:LEVELS; each number is the most "
                            + "in either direction. And what lies beyond the border: fill:reflect (the default), nearest, "
                            + "constant (black) or wrap.")
    private String augment;

    @Mixin
    private PngOptions output;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Of the random changes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--input-size",
            paramLabel = "N|HxW",
            defaultValue = "224",
            converter = InputSizeConverter.class,
            description = "The input size of the network. Default: ${DEFAULT-VALUE}.")
    private InputSize inputSize;

    @Mixin
    private ImageOptions images;

    AugmentCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Augmentation augmentation = Augmentation.parse(augment);
        if (Math.max(inputSize.height(), inputSize.width()) > LARGEST) {
            throw UserError.usage(
                    "--input-size: nine pictures of more than %d pixels are too much to look at".formatted(LARGEST));
        }
        try (ReportSink sink = output.open(streams.out())) {
            sink.write(PngEncoder.encode(PictureGrid.of(pictures(augmentation), COLUMNS)));
            sink.commit();
            return 0;
        }
    }

    private List<Pixels> pictures(Augmentation augmentation) {
        int height = inputSize.height();
        int width = inputSize.width();
        try {
            byte[] encoded = ImageDecoder.encoded(image);
            long imageKey = Sha256.of(encoded).first();
            Pixels decoded = images.decoder().decode(encoded);
            List<Pixels> pictures = new ArrayList<>();
            for (int epoch = 1; epoch <= PICTURES; epoch++) {
                float[] nhwc = new float[3 * height * width];
                images.loading().load(decoded, height, width, nhwc, 0);
                augmentation.apply(nhwc, 0, height, width, seed, epoch, imageKey);
                pictures.add(Pixels.of(nhwc, height, width));
            }
            return pictures;
        } catch (ImageException e) {
            throw UserError.data("cannot read " + image + ": " + e.getMessage(), e);
        }
    }
}
