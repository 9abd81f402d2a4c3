package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.Versions;
import cnn.classify.ImagePreparation;
import cnn.data.OutputFiles;
import cnn.evaluate.Evaluation;
import cnn.evaluate.GradCam;
import cnn.evaluate.Mistake;
import cnn.evaluate.Mistakes;
import cnn.files.PartFolder;
import cnn.model.Model;
import cnn.report.EvaluationFacts;
import cnn.report.EvaluationPage;
import cnn.report.TrainingCurves;
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
     * A folder for the page if one is wanted, made before the work is done; the page appears when it is complete.
     *
     * @param data the images, among which it may not lie
     * @throws UserError if it cannot be made, or there are several models
     */
    Optional<PartFolder> folder(List<String> models, Path data) {
        if (report == null) {
            return Optional.empty();
        }
        if (models.size() > 1) {
            throw UserError.usage("--report goes with one model; make one for each");
        }
        try {
            if (real(report).startsWith(real(data))) {
                throw UserError.usage(
                        "--report %s lies in the data %s, and its pictures would be taken for data; name a folder outside"
                                .formatted(report, data));
            }
            return Optional.of(PartFolder.of(report));
        } catch (IOException e) {
            throw UserError.usage("cannot make the folder " + report + ": " + IoReason.of(e), e);
        }
    }

    /** Where a place is, by its true name as far as it is there. */
    private static Path real(Path place) throws IOException {
        Path absolute = place.toAbsolutePath().normalize();
        return Files.exists(absolute)
                ? absolute.toRealPath()
                : real(absolute.getParent()).resolve(absolute.getFileName());
    }

    /**
     * Writes the page and makes it appear.
     *
     * @throws UserError if it cannot be written, or would take the place of an image that it is about
     */
    void write(
            PartFolder folder,
            Evaluation evaluation,
            ModelsOptions models,
            Model model,
            ImagePreparation preparation,
            Talk talk) {
        String name = models.names().get(0);
        EvaluationPage page = new EvaluationPage(
                evaluation,
                name,
                Versions.ofThisBuild().cnn(),
                models.seed(),
                TrainingCurves.beside(Path.of(name))
                        .map(curves -> model.saved().map(curves::of).orElse(curves)),
                mistakes(evaluation, model, preparation, talk),
                EvaluationFacts.of(evaluation, name, model, preparation));
        try {
            page.write(folder);
            OutputFiles.of(folder.places()).refuse(evaluation.data());
            folder.move();
        } catch (IOException e) {
            throw UserError.data("cannot write the report " + report + ": " + IoReason.of(e), e);
        }
    }

    private static List<Mistake> mistakes(Evaluation evaluation, Model model, ImagePreparation preparation, Talk talk) {
        try (GradCam gradCam = GradCam.open(model, Optional.empty())) {
            return new Mistakes(preparation, Optional.of(gradCam), MISTAKES, THUMBNAIL).of(evaluation);
        } catch (UserError e) {
            talk.note("the report shows no heat maps: " + e.getMessage());
            return new Mistakes(preparation, Optional.empty(), MISTAKES, THUMBNAIL).of(evaluation);
        }
    }
}
