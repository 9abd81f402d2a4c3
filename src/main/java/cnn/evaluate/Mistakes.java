package cnn.evaluate;

import cnn.classify.ImagePreparation;
import cnn.classify.Prediction;
import cnn.data.ImageInput;
import cnn.image.ImageException;
import cnn.metrics.Scores;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The images of which a model was surest and wrong, opened once more to be shown.
 *
 * @param gradCam tells what the wrong answers came from
 * @param atMost how many
 * @param longest side of their pictures, in pixels
 */
public record Mistakes(ImagePreparation preparation, Optional<GradCam> gradCam, int atMost, int longest) {
    private static final int TOP = 3;

    /** The mistakes of an evaluation, the surest first; images that are gone by now are passed over. */
    public List<Mistake> of(Evaluation evaluation) {
        Scores scores = evaluation.scores();
        boolean[] right = scores.right();
        List<Integer> rows = IntStream.range(0, right.length)
                .filter(row -> !right[row])
                .boxed()
                .sorted(Comparator.comparing(row -> -scores.confidence(row)))
                .limit(atMost)
                .toList();
        List<Mistake> mistakes = new ArrayList<>();
        rows.forEach(row -> mistake(evaluation, row).ifPresent(mistakes::add));
        return mistakes;
    }

    private Optional<Mistake> mistake(Evaluation evaluation, int row) {
        ImageInput image = evaluation.image(row);
        int actual = evaluation.scores().actual()[row];
        float[] probabilities = evaluation.scores().probabilities()[row];
        try {
            byte[] encoded = image.encoded();
            float[] nhwc = new float[preparation.floats()];
            preparation.prepare(encoded, nhwc);
            int predicted = evaluation.scores().predicted(row);
            return Optional.of(new Mistake(
                    image.given(),
                    actual,
                    probabilities[actual],
                    top(evaluation, probabilities),
                    preparation.thumbnail(encoded, longest),
                    gradCam.map(cam -> cam.of(FloatBuffer.wrap(nhwc), predicted))));
        } catch (ImageException e) {
            return Optional.empty(); // it was readable a minute ago
        }
    }

    private static List<Prediction> top(Evaluation evaluation, float[] probabilities) {
        List<Integer> best = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparing(c -> -probabilities[c]))
                .limit(TOP)
                .toList();
        return IntStream.range(0, best.size())
                .mapToObj(rank -> new Prediction(
                        rank + 1, evaluation.label(best.get(rank)), best.get(rank), probabilities[best.get(rank)]))
                .toList();
    }
}
