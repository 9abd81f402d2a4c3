package cnn.cli;

import cnn.UserError;
import cnn.classify.Certainty;
import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.ConformalScores;
import cnn.confidence.Novelty;
import cnn.confidence.Temperature;
import cnn.model.Model;
import cnn.model.ModelDescription;
import cnn.model.ModelRequest;
import cnn.model.SavedModelFile;
import cnn.report.AnswerColumns;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What rows are to say of how far answers can be trusted. */
final class CertaintyOptions {
    private static final String CALIBRATED = "--calibrated";
    private static final String COVERAGE = "--coverage";
    private static final String NOVELTY = "--novelty";

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Say of each image whether its likeliest class has at least this probability (0 to 1): "
                    + "\"accepted\" in json, a last column in csv; text says unknown. The predictions stay.")
    private Double threshold;

    @Option(
            names = CALIBRATED,
            description =
                    "Probabilities at the temperature that made them most right on images held back from training, "
                            + "which a trained model's file holds.")
    private boolean calibrated;

    @Option(
            names = COVERAGE,
            paramLabel = "P",
            description =
                    "Name for each image the classes of which one is the right one with this probability (0 to 1), for "
                            + "images of the kind that was trained on: conformal_set in json and csv. None where no class is likely "
                            + "enough. For trained models; --calibrated does not change the sets.")
    private Double coverage;

    @Option(
            names = NOVELTY,
            description =
                    "Say of each image whether it is farther from the training images than 99 %% of these are from each "
                            + "other: novel and novelty (above 1 is novel) in json and csv. For models of train --novelty.")
    private boolean novelty;

    /** Fails on what makes no sense before anything is read. */
    void check(TestTimeOptions testTime) {
        if (threshold != null) {
            Checks.share("--threshold", threshold);
        }
        if (coverage != null && !(coverage > 0 && coverage < 1)) {
            throw UserError.usage("--coverage must be above 0 and below 1, not " + coverage);
        }
        if (novelty && testTime.chosen()) {
            throw UserError.usage("--novelty looks at the image as it is; leave out --tta");
        }
    }

    /**
     * What the model can say of that; its pass gives what is needed from now on.
     *
     * @throws UserError of kind USAGE if its file does not hold what is asked for
     */
    Certainty certainty(Model model, ModelRequest request, TestTimeOptions testTime, Talk talk) {
        StoredCalibration stored = new StoredCalibration(model, testTime.chosen(), talk);
        Optional<Temperature> temperature = calibrated ? Optional.of(stored.temperature(CALIBRATED)) : Optional.empty();
        Optional<Certainty.Sets> sets = coverage == null ? Optional.empty() : Optional.of(sets(stored, talk));
        Optional<Novelty> rows = novelty ? Optional.of(rows(model, request)) : Optional.empty();
        rows.ifPresent(found -> model.observe(found.layer()));
        return new Certainty(temperature, sets, rows);
    }

    /** What rows say of answers with such a certainty. */
    AnswerColumns columns(Certainty certainty) {
        return new AnswerColumns(
                optional(threshold),
                optional(certainty.temperature().map(Temperature::value).orElse(null)),
                optional(coverage),
                novelty);
    }

    private Certainty.Sets sets(StoredCalibration stored, Talk talk) {
        ConfidenceCalibration found = stored.required(COVERAGE);
        float least = found.scores().least(coverage);
        if (ConformalScores.needed(coverage) > found.scores().images()) {
            talk.note("--coverage %s takes %,d images held back from training, %s has %,d: every set is all classes"
                    .formatted(
                            coverage,
                            ConformalScores.needed(coverage),
                            stored.model().name(),
                            found.scores().images()));
        }
        return new Certainty.Sets(coverage, least);
    }

    private static Novelty rows(Model model, ModelRequest request) {
        return request.savedModel()
                .map(file -> ModelDescription.ofFile(request))
                .flatMap(SavedModelFile.Description::novelty)
                .orElseThrow(() -> UserError.usage(
                        "--novelty: %s holds nothing of the images that it was trained on; cnn train --novelty keeps it"
                                .formatted(model.name())));
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
