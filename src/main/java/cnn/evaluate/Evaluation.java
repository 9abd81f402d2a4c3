package cnn.evaluate;

import cnn.classify.Classification;
import cnn.confidence.TemperatureEffect;
import cnn.data.ImageInput;
import cnn.data.LabelledImages;
import cnn.metrics.ClassScores;
import cnn.metrics.Figures;
import cnn.metrics.PairedDifference;
import cnn.metrics.Scores;
import cnn.zoo.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a model made of a data set.
 *
 * @param model its name
 * @param data the images, in order
 * @param folders the class that each folder of {@code data} is named for
 * @param judged for each row of {@code scores} the index of its image in {@code data}
 * @param scores of the images that could be read
 * @param failures the images that could not
 * @param effect of the temperature that the model holds, if it does
 * @param calibrated whether {@code scores} are at that temperature
 */
public record Evaluation(
        String model,
        Labels labels,
        LabelledImages data,
        List<Integer> folders,
        List<Integer> judged,
        Scores scores,
        List<Classification> failures,
        Figures figures,
        Optional<TemperatureEffect> effect,
        boolean calibrated) {
    private static final int NAMED = 5;

    /** Of a model that holds no temperature. */
    public Evaluation(
            String model,
            Labels labels,
            LabelledImages data,
            List<Integer> folders,
            List<Integer> judged,
            Scores scores,
            List<Classification> failures,
            Figures figures) {
        this(model, labels, data, folders, judged, scores, failures, figures, Optional.empty(), false);
    }

    public Evaluation {
        folders = List.copyOf(folders);
        judged = List.copyOf(judged);
        failures = List.copyOf(failures);
    }

    /** The classes worth showing, by index: those that have a folder, and those that images were taken for. */
    public List<Integer> classes() {
        List<ClassScores> all = figures.confusion().scores();
        Set<Integer> named = Set.copyOf(folders);
        return IntStream.range(0, labels.size())
                .filter(c -> all.get(c).occurs() || named.contains(c))
                .boxed()
                .toList();
    }

    public Labels.Label label(int index) {
        return labels.labels().get(index);
    }

    /** The image of a row of {@code scores}. */
    public ImageInput image(int row) {
        return data.images().get(judged.get(row)).image();
    }

    /**
     * How much more accurate {@code other} is on the images that both could read.
     *
     * @param seed of the interval
     * @throws IllegalArgumentException if the other one judged other data
     */
    public PairedDifference against(Evaluation other, long seed) {
        if (!data.equals(other.data)) {
            throw new IllegalArgumentException("not the same images");
        }
        Map<Integer, Boolean> first = rightByImage();
        Map<Integer, Boolean> second = other.rightByImage();
        List<Integer> both = first.keySet().stream().filter(second::containsKey).toList();
        boolean[] firstRight = new boolean[both.size()];
        boolean[] secondRight = new boolean[both.size()];
        for (int i = 0; i < firstRight.length; i++) {
            firstRight[i] = first.get(both.get(i));
            secondRight[i] = second.get(both.get(i));
        }
        return PairedDifference.of(firstRight, secondRight, seed);
    }

    /** What a reader of the figures should know, a line each. */
    public List<String> notes() {
        List<ClassScores> all = figures.confusion().scores();
        List<String> notes = new ArrayList<>(data.notices());
        note(notes, c -> all.get(c).support() == 0, "no images of %s: recall and F1 are put at 0");
        note(
                notes,
                c -> all.get(c).support() > 0 && all.get(c).predictions() == 0,
                "no image was taken for %s: precision and F1 are put at 0");
        return notes;
    }

    private void note(List<String> notes, Predicate<Integer> which, String words) {
        List<String> names =
                classes().stream().filter(which).map(c -> label(c).name()).toList();
        if (!names.isEmpty()) {
            String named = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
            String more = names.size() > NAMED ? " and %d more".formatted(names.size() - NAMED) : "";
            notes.add(words.formatted(named + more));
        }
    }

    private Map<Integer, Boolean> rightByImage() {
        boolean[] right = scores.right();
        Map<Integer, Boolean> byImage = new LinkedHashMap<>();
        for (int row = 0; row < right.length; row++) {
            byImage.put(judged.get(row), right[row]);
        }
        return byImage;
    }
}
