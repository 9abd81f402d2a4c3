package cnn.cli;

import cnn.classify.ImagePreparation;
import cnn.data.LabelledImages;
import cnn.data.OutputFiles;
import cnn.evaluate.Evaluation;
import cnn.evaluate.Evaluator;
import cnn.evaluate.HeldOutImages;
import cnn.files.PartFolder;
import cnn.image.ImageDecoder;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.model.SavedModel;
import cnn.report.EvaluationReport;
import cnn.report.OneLine;
import cnn.report.ReportSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import picocli.CommandLine.Parameters;

/** {@code cnn evaluate}: how good a model is, class by class. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Judge a model by images whose classes are known: a folder for each class.",
            "",
            "DATA/test is taken if there is one, else DATA/validation (or val), else DATA itself: of the folder that a "
                    + "model was trained on the images that training held back, which the model file tells by their "
                    + "content; of any other all, with a warning. The classes of a "
                    + "network by name are ImageNet's: folders are named by synset (n02123045) or by label (tabby).",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn evaluate -m pets.zip pets/",
            "  cnn evaluate -m pets.zip -f json --assert-accuracy 0.95 pets/",
            "  cnn evaluate -m pets.zip --report report/ pets/",
            "  cnn evaluate -m resnet50 --resize center-crop imagenet/val",
            "  cnn evaluate -m old.cnn -m new.cnn pets/        is the new one better?",
            "  cnn evaluate -m pets.zip --tta flip pets/       does it gain by mirror images?",
            "  cnn evaluate -m pets.zip --calibrated pets/     does its temperature make it as right as it says?",
            ""
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    /** Which images to judge by. */
    private enum On {
        HELD_OUT,
        ALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Main.Streams streams;

    @Parameters(paramLabel = "DATA", description = "The images: a folder for each class.")
    private Path data;

    @Mixin
    private ModelsOptions models;

    @Mixin
    private OutputOptions output;

    @Mixin
    private PageOptions page;

    @Option(
            names = "--on",
            paramLabel = "held-out|all",
            description = "held-out: only images that training did not see, or fail; all: all images of the folder. "
                    + "Default: held-out where it is known which these are, else all.")
    private On on;

    @Option(
            names = "--assert-accuracy",
            paramLabel = "X",
            description = "Exit with 1 if the accuracy (0 to 1) of any model on the images that are judged is below X.")
    private Double atLeast;

    @Mixin
    private ImageOptions image;

    @Mixin
    private TestTimeOptions testTime;

    @Option(
            names = "--calibrated",
            description =
                    "Judge the probabilities at the temperature that the model's file holds; loss and calibration error "
                            + "without and with it are told in any case.")
    private boolean calibrated;

    @Mixin
    private RunOptions run;

    @Mixin
    private TalkOptions talkOptions;

    EvaluateCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        if (atLeast != null) {
            Checks.share("--assert-accuracy", atLeast);
        }
        try (ReportSink sink = output.open(streams.out());
                Page written = new Page(page.folder(models.names(), data))) {
            LabelledImages images = images(talk);
            List<Evaluation> evaluations = new ArrayList<>();
            List<String> names = new ArrayList<>();
            if (testTime.chosen() && models.names().size() == 1) {
                evaluations.add(evaluate(models.requests().get(0), images, Optional.empty(), false, talk));
                names.add(models.names().get(0));
            }
            for (int i = 0; i < models.names().size(); i++) {
                evaluations.add(evaluate(models.requests().get(i), images, written.folder(), true, talk));
                names.add(models.names().get(i) + testTime.suffix());
            }
            String text = new EvaluationReport(evaluations, names, models.seed()).as(output.format());
            sink.write(text.getBytes(StandardCharsets.UTF_8));
            sink.commit();
            output.told(
                    talk, images.images().size(), evaluations.get(0).failures().size());
            return exitCode(evaluations, names, talk);
        }
    }

    private LabelledImages images(Talk talk) {
        LabelledImages found = LabelledImages.find(data, ImageDecoder::looksLikeImage);
        OutputFiles.of(output.outputs()).refuse(found);
        if (on == On.ALL) {
            return found;
        }
        Map<String, SavedModel> trained = new LinkedHashMap<>();
        for (int i = 0; i < models.names().size(); i++) {
            String name = models.names().get(i);
            models.requests().get(i).savedModel().ifPresent(file -> trained.put(name, Models.describe(file)));
        }
        return new HeldOutImages(found, talk::note).of(trained, on == On.HELD_OUT);
    }

    /** @param augmented whether test-time augmentation is used, if it is chosen */
    private Evaluation evaluate(
            ModelRequest request, LabelledImages images, Optional<PartFolder> folder, boolean augmented, Talk talk) {
        try (Model loaded = new Models(models.weightStore(talk), run.passes(), run.ranges()).classifier(request)) {
            if (augmented) {
                testTime.apply(loaded);
            }
            ImagePreparation preparation = image.preparation(loaded);
            new FolderNames(loaded, images).give(talk);
            if (calibrated) {
                new StoredCalibration(loaded, augmented && testTime.chosen(), talk).temperature("--calibrated");
            }
            Evaluator evaluator =
                    new Evaluator(loaded, preparation, run.batchSize(), run.threads(), models.seed(), calibrated);
            Rate rate = new Rate();
            Evaluation evaluation = evaluator.evaluate(
                    images,
                    (done, failed) -> talk.show(ProgressLine.counted(
                            loaded.name(),
                            "image",
                            done,
                            images.images().size(),
                            rate.of(done),
                            String.format(Locale.ROOT, "%,d failed", failed))));
            if (folder.isPresent()) {
                talk.show("writing the report ...");
                page.write(folder.get(), evaluation, models, loaded, preparation, talk);
            }
            talk.clear();
            return evaluation;
        }
    }

    private int exitCode(List<Evaluation> evaluations, List<String> names, Talk talk) {
        int code = 0;
        for (int i = 0; i < evaluations.size(); i++) {
            Evaluation evaluation = evaluations.get(i);
            evaluation
                    .failures()
                    .forEach(failed -> talk.note(failed.input() + ": "
                            + failed.failure().orElseThrow().message()));
            double accuracy = evaluation.figures().accuracy();
            if (atLeast != null && accuracy < atLeast) {
                streams.err()
                        .printf(
                                Locale.ROOT,
                                "cnn: the accuracy of %s is %.4f, below %s%n",
                                OneLine.of(names.get(i)),
                                accuracy,
                                atLeast);
                code = FAILED;
            }
            code = evaluation.failures().isEmpty() ? code : FAILED;
        }
        return code;
    }

    /** A folder to be closed, if there is one. */
    private record Page(Optional<PartFolder> folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (folder.isPresent()) {
                folder.get().close();
            }
        }
    }
}
