package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.Versions;
import cnn.report.EvaluationFacts;
import cnn.report.EvaluationPage;
import cnn.report.LearningCurves;
import cnn.transfer.Evaluation;
import cnn.transfer.ForwardPasses;
import cnn.transfer.GradCam;
import cnn.transfer.ImagePreparation;
import cnn.transfer.Mistake;
import cnn.transfer.Mistakes;
import cnn.transfer.WeightedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The page that an evaluation may end in. */
final class PageOptions {
    private static final int MISTAKES = 24;
    private static final int THUMBNAIL = 240;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write a page for people there: index.html, and its charts as SVG and PNG.")
    private Path report;

    /**
     * The folder of the page if one is wanted, made before the work is done.
     *
     * @throws UserError if it cannot be made, or there are several models
     */
    Optional<Path> folder(List<String> models) {
        if (report == null) {
            return Optional.empty();
        }
        if (models.size() > 1) {
            throw UserError.usage("--report goes with one model; make one for each");
        }
        try {
            Files.createDirectories(report);
        } catch (IOException e) {
            throw UserError.usage("cannot make the folder " + report + ": " + IoReason.of(e));
        }
        if (!Files.isWritable(report)) {
            throw UserError.usage("cannot write to the folder " + report + ": permission denied");
        }
        return Optional.of(report);
    }

    /** Writes the page. */
    void write(
            Evaluation evaluation,
            ModelsOptions models,
            WeightedNetwork network,
            ImagePreparation preparation,
            ForwardPasses passes,
            Talk talk) {
        String name = models.names().get(0);
        new EvaluationPage(
                        evaluation,
                        name,
                        Versions.ofThisBuild().cnn(),
                        models.seed(),
                        LearningCurves.beside(Path.of(name)),
                        mistakes(evaluation, network, preparation, passes, talk),
                        EvaluationFacts.of(evaluation, name, network, preparation))
                .write(report);
    }

    private static List<Mistake> mistakes(
            Evaluation evaluation,
            WeightedNetwork network,
            ImagePreparation preparation,
            ForwardPasses passes,
            Talk talk) {
        try (GradCam gradCam = GradCam.open(passes, network.network(), network.weights(), Optional.empty())) {
            return new Mistakes(preparation, Optional.of(gradCam), MISTAKES, THUMBNAIL).of(evaluation);
        } catch (UserError e) {
            talk.note("the report shows no heat maps: " + e.getMessage());
            return new Mistakes(preparation, Optional.empty(), MISTAKES, THUMBNAIL).of(evaluation);
        }
    }
}
