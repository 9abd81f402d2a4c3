package cnn.classify;

import cnn.Versions;
import cnn.confidence.ConformalScores;
import cnn.data.ImageInput;
import cnn.model.Model;
import cnn.zoo.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * Names what is on images.
 *
 * @param top how many predictions to give for each
 * @param batchSize images per forward pass
 * @param threads that decode while the network works
 * @param certainty what is said besides
 */
public record Classifier(
        Model model, ImagePreparation preparation, int top, int batchSize, int threads, Certainty certainty) {
    private static final Comparator<Prediction> BEST_FIRST =
            Comparator.comparing(Prediction::probability).reversed().thenComparing(Prediction::index);
    /**
     * What two cores compute while the engine makes one layer ready for another number of images. Measured: 30 ms for all
     * of MobileNet and of ResNet50, 50 ms for VGG16; an image takes 5, 25 and 110 ms.
     */
    private static final long MULTIPLY_ADDS_PER_LAYER = 25_000_000;

    /** Names what is on images, and says nothing besides. */
    public Classifier(Model model, ImagePreparation preparation, int top, int batchSize, int threads) {
        this(model, preparation, top, batchSize, threads, Certainty.NONE);
    }

    /** Hears of answers in the order of the inputs. */
    @FunctionalInterface
    public interface Listener {

        /**
         * The answers of one batch.
         *
         * @return whether to go on; false when nobody reads the answers any more
         */
        boolean answered(List<Classification> answers);
    }

    /** Gives exactly one answer for each input, in their order, each as soon as its batch is done. */
    public void classify(Iterator<ImageInput> inputs, Listener listener) {
        try (BatchPipeline batches = new BatchPipeline(inputs, preparation, batchSize, threads)) {
            var batch = batches.next();
            while (batch.isPresent() && listener.answered(classify(batch.get()))) {
                batch = batches.next();
            }
        }
    }

    /** Whatever decides what the answers are, by name: equal settings and inputs, equal answers. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", Versions.ofThisBuild().cnn());
        settings.put("model", model.name());
        settings.put("weights", model.identity());
        settings.put("images", preparation.recipe());
        settings.put("top", String.valueOf(top));
        settings.put("batch size", String.valueOf(batchSize));
        settings.putAll(certainty.settings());
        return settings;
    }

    /** What the answers are of, by name, for whoever reads them. */
    public Map<String, String> facts() {
        Map<String, String> facts = settings();
        facts.put("preprocessing", facts.remove("images"));
        return facts;
    }

    /**
     * Inputs that have to be answered together for the answers to be the same to the last bit: 1, or a whole batch where
     * one that is not full is computed in another way.
     */
    public int wholeImages() {
        return filledUp(1) == batchSize ? 1 : batchSize;
    }

    private List<Classification> classify(Batch batch) {
        List<float[]> outputs = batch.images() == 0
                ? List.of()
                : model.pass().run(batch.nhwc().duplicate().clear(), filledUp(batch.images()));
        List<Classification> answers = new ArrayList<>();
        int image = 0;
        for (Batch.Entry entry : batch.entries()) {
            if (entry.failure().isPresent()) {
                answers.add(Classification.failed(entry.input(), entry.failure().get()));
            } else {
                answers.add(answer(entry.input(), outputs, image++));
            }
        }
        return answers;
    }

    /** A whole batch, whatever lies in the rest of it, where that costs less than a plan for so few images. */
    private int filledUp(int images) {
        long more = (batchSize - images) * model.network().multiplyAdds();
        return more <= MULTIPLY_ADDS_PER_LAYER * model.network().nodes().size() ? batchSize : images;
    }

    /** What the second output is, if there is one, is told by {@link Certainty#novelty}. */
    private Classification answer(String input, List<float[]> outputs, int image) {
        float[] given = probabilities(outputs.get(0), image);
        Optional<List<Labels.Label>> set = certainty.sets().map(sets -> Arrays.stream(
                        ConformalScores.set(given, sets.least()))
                .mapToObj(model.labels().labels()::get)
                .toList());
        OptionalDouble novelty = certainty.novelty().stream()
                .mapToDouble(known -> known.of(
                        Arrays.copyOfRange(outputs.get(1), image * known.features(), (image + 1) * known.features())))
                .findFirst();
        float[] shown = certainty.temperature().map(found -> found.apply(given)).orElse(given);
        return new Classification(input, best(shown), Optional.empty(), set, novelty);
    }

    /** The likeliest classes of an image of a batch, the most probable first. */
    public List<Prediction> best(float[] outputs, int image) {
        return best(probabilities(outputs, image));
    }

    private List<Prediction> best(float[] probabilities) {
        Labels labels = model.labels();
        int count = Math.min(top, labels.size());
        PriorityQueue<Prediction> best = new PriorityQueue<>(BEST_FIRST.reversed());
        for (int i = 0; i < labels.size(); i++) {
            best.add(new Prediction(0, labels.labels().get(i), i, probabilities[i]));
            if (best.size() > count) {
                best.poll();
            }
        }
        List<Prediction> ranked = new ArrayList<>(best);
        ranked.sort(BEST_FIRST);
        for (int i = 0; i < ranked.size(); i++) {
            Prediction found = ranked.get(i);
            ranked.set(i, new Prediction(i + 1, found.label(), found.index(), found.probability()));
        }
        return ranked;
    }

    /** The probabilities of all classes; of two classes the single output of a sigmoid gives the second one's. */
    private float[] probabilities(float[] outputs, int image) {
        int perImage = model.network().output().outputShape().channels();
        if (perImage == 1) {
            return new float[] {1 - outputs[image], outputs[image]};
        }
        return Arrays.copyOfRange(outputs, image * perImage, (image + 1) * perImage);
    }
}
