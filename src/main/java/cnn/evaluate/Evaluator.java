package cnn.evaluate;

import cnn.UserError;
import cnn.classify.Classification;
import cnn.classify.Classifier;
import cnn.classify.ImagePreparation;
import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.Temperature;
import cnn.confidence.TemperatureEffect;
import cnn.data.LabelledImages;
import cnn.metrics.Figures;
import cnn.metrics.Scores;
import cnn.model.Model;
import cnn.model.SavedModel;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Judges a model by images whose classes are known. Holds one number for each image and class; images are held only while
 * their batch is underway.
 *
 * @param batchSize images per forward pass
 * @param threads that decode while the network works
 * @param seed of the intervals
 * @param calibrated whether the figures are of the probabilities at the temperature that the model holds
 */
public record Evaluator(
        Model model, ImagePreparation preparation, int batchSize, int threads, long seed, boolean calibrated) {

    /** Hears how far the work is. */
    @FunctionalInterface
    public interface Progress {
        void done(int images, int failed);
    }

    /**
     * Judges the model by all images of a data set.
     *
     * @throws UserError if the model does not know a class of it, or no image can be read
     */
    public Evaluation evaluate(LabelledImages data, Progress progress) {
        int[] folders = new ClassFolders(model.name(), model.labels()).indices(data.classes());
        JudgedRows rows = new JudgedRows(model.labels().size());
        Classifier classifier =
                new Classifier(model, preparation, model.labels().size(), batchSize, threads);
        var images = data.images().stream().map(LabelledImages.Labelled::image).iterator();
        classifier.classify(images, answers -> {
            answers.forEach(rows::add);
            progress.done(rows.answers(), rows.failures().size());
            return true;
        });
        if (rows.judged().isEmpty()) {
            Classification first = rows.failures().get(0);
            throw UserError.data("none of the %d images under %s can be read; the first: %s: %s"
                    .formatted(
                            rows.answers(),
                            data.folder(),
                            first.input(),
                            first.failure().orElseThrow().message()));
        }
        int[] actual = rows.judged().stream()
                .mapToInt(image -> folders[data.images().get(image).target().classIndex()])
                .toArray();
        Scores given = new Scores(actual, rows.probabilities());
        Optional<Temperature> temperature =
                model.saved().flatMap(SavedModel::calibration).map(ConfidenceCalibration::temperature);
        Scores scores = calibrated ? temperature.orElseThrow().apply(given) : given;
        return new Evaluation(
                model.name(),
                model.labels(),
                data,
                IntStream.of(folders).boxed().toList(),
                rows.judged(),
                scores,
                rows.failures(),
                Figures.of(scores, seed),
                temperature.map(found -> TemperatureEffect.of(found, given)),
                calibrated);
    }
}
