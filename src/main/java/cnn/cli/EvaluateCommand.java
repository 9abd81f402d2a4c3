package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.Versions;
import cnn.data.LabelledImages;
import cnn.image.ImageDecoder;
import cnn.report.EvaluationFacts;
import cnn.report.EvaluationPage;
import cnn.report.EvaluationReport;
import cnn.report.LearningCurves;
import cnn.report.ReportSink;
import cnn.transfer.Evaluation;
import cnn.transfer.Evaluator;
import cnn.transfer.ImagePreparation;
import cnn.transfer.LoadedModel;
import cnn.transfer.Mistakes;
import cnn.transfer.ModelLoader;
import cnn.transfer.ModelRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            "DATA/test is taken if there is one, else DATA/validation (or val), else DATA itself. The classes of a "
                    + "network by name are ImageNet's: folders are named by synset (n02123045) or by label (tabby).",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn evaluate -m pets.cnn pets/",
            "  cnn evaluate -m pets.cnn -f json --assert-accuracy 0.95 pets/",
            "  cnn evaluate -m pets.cnn --report report/ pets/",
            "  cnn evaluate -m resnet50 --resize center-crop imagenet/val",
            "  cnn evaluate -m old.cnn -m new.cnn pets/        is the new one better?",
            ""
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int MISTAKES = 24;
    private static final int THUMBNAIL = 240;

    private final Main.Streams streams;

    @Parameters(paramLabel = "DATA", description = "The images: a folder for each class.")
    private Path data;

    @Mixin
    private ModelsOptions models;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write a page for people there: index.html, and its charts as SVG and PNG.")
    private Path report;

    @Option(
            names = "--assert-accuracy",
            paramLabel = "X",
            description = "Exit with 1 if the accuracy (0 to 1) of any model is below X.")
    private Double atLeast;

    @Mixin
    private ImageOptions image;

    @Mixin
    private RunOptions run;

    @Mixin
    private TalkOptions talkOptions;

    EvaluateCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        if (atLeast != null) {
            Checks.share("--assert-accuracy", atLeast);
        }
        try (ReportSink sink = output.open(streams.out())) {
            Optional<Path> folder = reportFolder();
            LabelledImages images = LabelledImages.find(data, ImageDecoder::looksLikeImage);
            List<Evaluation> evaluations = new ArrayList<>();
            for (ModelRequest request : models.requests()) {
                evaluations.add(evaluate(request, images, folder, talk));
            }
            String text = new EvaluationReport(evaluations, models.names(), models.seed()).as(output.format());
            sink.write(text.getBytes(StandardCharsets.UTF_8));
            sink.commit();
            return exitCode(evaluations, talk);
        }
    }

    private Evaluation evaluate(ModelRequest request, LabelledImages images, Optional<Path> folder, Talk talk) {
        ModelLoader loader = new ModelLoader(models.weightStore(talk), run.passes(talk));
        try (LoadedModel loaded = loader.classifier(request)) {
            ImagePreparation preparation = image.preparation(loaded);
            Evaluator evaluator = new Evaluator(loaded, preparation, run.batchSize(), run.threads(), models.seed());
            Rate rate = new Rate();
            Evaluation evaluation = evaluator.evaluate(
                    images,
                    (done, failed) -> talk.show(String.format(
                            Locale.ROOT,
                            "%s: %,d of %,d images, %.0f a second, %,d failed",
                            loaded.name(),
                            done,
                            images.images().size(),
                            rate.of(done),
                            failed)));
            if (folder.isPresent()) {
                talk.show("writing the report ...");
                page(evaluation, loaded, preparation).write(folder.get());
            }
            talk.clear();
            return evaluation;
        }
    }

    /** The folder of the report, made before the work is done. */
    private Optional<Path> reportFolder() {
        if (report == null) {
            return Optional.empty();
        }
        if (models.names().size() > 1) {
            throw UserError.usage("--report goes with one model; make one for each");
        }
        try {
            return Optional.of(Files.createDirectories(report));
        } catch (IOException e) {
            throw UserError.usage("cannot make the folder " + report + ": " + IoReason.of(e));
        }
    }

    private EvaluationPage page(Evaluation evaluation, LoadedModel loaded, ImagePreparation preparation) {
        String name = models.names().get(0);
        return new EvaluationPage(
                evaluation,
                name,
                Versions.ofThisBuild().cnn(),
                models.seed(),
                LearningCurves.beside(Path.of(name)),
                new Mistakes(preparation, Optional.empty(), MISTAKES, THUMBNAIL).of(evaluation),
                EvaluationFacts.of(evaluation, name, loaded, preparation));
    }

    private int exitCode(List<Evaluation> evaluations, Talk talk) {
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
                                models.names().get(i),
                                accuracy,
                                atLeast);
                code = FAILED;
            }
            code = evaluation.failures().isEmpty() ? code : FAILED;
        }
        return code;
    }
}
