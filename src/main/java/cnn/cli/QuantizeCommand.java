package cnn.cli;

import cnn.UserError;
import cnn.classify.Calibrator;
import cnn.classify.ImagePreparation;
import cnn.classify.PairedThroughput;
import cnn.data.OutputFiles;
import cnn.data.PassedOver;
import cnn.evaluate.PrecisionJudge;
import cnn.image.ImageDecoder;
import cnn.model.Calibrated;
import cnn.model.CalibrationFiles;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.Model;
import cnn.model.Models;
import cnn.model.SavedModelFile;
import cnn.program.Precision;
import cnn.program.RangeObserver;
import cnn.report.QuantizationReport;
import cnn.report.ReportSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn quantize}: finds the ranges that int8 needs, and tells what int8 costs. */
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Find out from images how far the numbers in a network go, so that --precision int8 can compute with it, and tell "
                    + "what that costs: fp32 against int8.",
            "",
            "A few hundred images of the kind that will be looked at suffice; labels are not needed. A share of them is held "
                    + "back to judge by. Where the folders of these are named for classes of the model, the accuracy of both is told "
                    + "as well. An image that cannot be read is left out.",
            "",
            "The ranges belong to these weights and this size of input, and to no others. Without -o they go to ~/.cnn/int8, where "
                    + "--precision int8 finds them; -o FILE.json is for --ranges FILE.json; -o NEW.zip is a copy of a saved "
                    + "model that holds them.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn quantize -m mobilenet-0.75 photos/",
            "  cnn classify -m mobilenet-0.75 --precision int8 photos/",
            "  cnn quantize -m pets.zip pets/train -o pets-int8.zip",
            "  cnn quantize -m resnet50 --method entropy --max-drop 0.5 photos/ -o resnet50.int8.json",
            "  cnn quantize -m mobilenet-0.25 --judge imagenet/val photos/",
            ""
        })
final class QuantizeCommand implements Callable<Integer>, Writing {
    private static final int BATCH = 8;
    private static final String MODEL_SUFFIX = ".zip";

    /** The formats of what is told. */
    enum Told {
        TEXT,
        JSON
    }

    private final Main.Streams streams;

    @Mixin
    private InputOptions inputs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the ranges go: FILE.json, or NEW.zip, a copy of the saved model with them. Default: "
                    + "~/.cnn/int8, under a name of the weights' own.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private QuantizationOptions quantization;

    @Mixin
    private CalibrationImages parts;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Of what is told on standard output. Default: ${DEFAULT-VALUE}.")
    private Told format;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ImageOptions image;

    @Mixin
    private ThreadOptions threads;

    @Mixin
    private TalkOptions talkOptions;

    QuantizeCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public List<Path> outputs() {
        return output == null ? List.of() : List.of(output);
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        check();
        new ForwardPasses(
                Engine.ONEDNN, Precision.INT8, BATCH); // which refuses a processor that has no such arithmetic
        try (Model loaded = new Models(model.weightStore(talk), new ForwardPasses(Engine.ONEDNN, Precision.FP32, BATCH))
                .classifier(model.request())) {
            quantization.check(loaded.network(), loaded.name());
            String text = quantize(loaded, talk);
            talk.clear();
            Lines.printText(streams.out(), text);
            return 0;
        }
    }

    private void check() {
        parts.check();
        quantization.maxDrop();
        if (output == null) {
            return;
        }
        if (isModel() && model.request().savedModel().isEmpty()) {
            throw UserError.usage("-o %s: %s is no saved model of which that could be a copy; name a file FILE.json"
                    .formatted(output, model.request().name()));
        }
        overwrite.check(outputs());
        ReportSink.open(Optional.of(output), streams.out()).close(); // fails before the work if it cannot be written
    }

    private boolean isModel() {
        return output != null && output.toString().toLowerCase(Locale.ROOT).endsWith(MODEL_SUFFIX);
    }

    private String quantize(Model loaded, Talk talk) {
        ImagePreparation preparation = image.preparation(loaded);
        Path file = place(loaded);
        PassedOver passedOver = new PassedOver(ImageDecoder::looksLikeImage);
        talk.show("reading the images ...");
        LeftOutImages leftOut = new LeftOutImages(talk);
        CalibrationImages.Parts images = parts.of(
                inputs.images(streams.in(), passedOver, this),
                model.request().seed(),
                OutputFiles.of(outputs()),
                leftOut);
        passedOver.words().ifPresent(talk::note);
        Calibrated found = calibrate(loaded, preparation, images, leftOut, talk);
        talk.show("comparing int8 with fp32 ...");
        PrecisionJudge judge = new PrecisionJudge(
                loaded,
                preparation,
                images.judging(),
                threads.threads(),
                model.request().seed());
        Calibrated calibrated = quantization.maxDrop().isPresent()
                ? judge.within(quantization.maxDrop().getAsDouble(), found)
                : found;
        write(loaded, calibrated, file);
        try (Model int8 = judge.open(calibrated)) {
            QuantizationReport report = new QuantizationReport(
                    model.request().name(),
                    calibrated,
                    leftOut.count(),
                    images.which(),
                    judge.trial(calibrated),
                    judge.noise(calibrated),
                    PairedThroughput.of(loaded, int8, BATCH),
                    BATCH,
                    threads.threads(),
                    int8.inFloat(),
                    file);
            return format == Told.JSON ? report.json() : report.text();
        }
    }

    private Calibrated calibrate(
            Model loaded,
            ImagePreparation preparation,
            CalibrationImages.Parts images,
            LeftOutImages leftOut,
            Talk talk) {
        int all = images.finding().size();
        Rate rate = new Rate();
        try (RangeObserver observer = loaded.observer()) {
            int read = new Calibrator(loaded, preparation, threads.threads())
                    .observe(
                            observer,
                            images.finding().iterator(),
                            leftOut::image,
                            done -> talk.show(
                                    ProgressLine.counted("finding ranges", "image", done, all, rate.of(done), "")));
            if (read == 0) {
                throw UserError.data("no image can be read, so there are no ranges; name images, or folders of them");
            }
            return quantization.calibrated(observer.ranges(quantization.method()), read);
        }
    }

    /** Where the ranges go; fails before the work if they cannot be written there. */
    private Path place(Model loaded) {
        if (output != null) {
            return output;
        }
        Path file = CalibrationFiles.inHome(Optional.empty()).place(loaded);
        CalibrationFiles.requireWritable(file);
        return file;
    }

    private void write(Model loaded, Calibrated calibrated, Path file) {
        if (isModel()) {
            SavedModelFile.copy(model.request().savedModel().orElseThrow(), file, calibrated);
        } else {
            CalibrationFiles.write(file, loaded, calibrated);
        }
    }
}
