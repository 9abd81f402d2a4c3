package cnn.evaluate;

import cnn.classify.Classification;
import java.util.ArrayList;
import java.util.List;

/** What answers say, image by image: a number for each class, or that the image cannot be read. */
final class JudgedRows {
    private final int classes;
    private final List<float[]> probabilities = new ArrayList<>();
    private final List<Integer> judged = new ArrayList<>();
    private final List<Classification> failures = new ArrayList<>();
    private int answers;

    JudgedRows(int classes) {
        this.classes = classes;
    }

    /** Takes the next answer, which names all classes. */
    void add(Classification answer) {
        if (answer.failure().isPresent()) {
            failures.add(answer);
        } else {
            float[] row = new float[classes];
            answer.predictions().forEach(found -> row[found.index()] = found.probability());
            probabilities.add(row);
            judged.add(answers);
        }
        answers++;
    }

    int answers() {
        return answers;
    }

    /** One row for each image that could be read. */
    float[][] probabilities() {
        return probabilities.toArray(float[][]::new);
    }

    /** For each row which answer it is of, by index. */
    List<Integer> judged() {
        return judged;
    }

    List<Classification> failures() {
        return failures;
    }
}
