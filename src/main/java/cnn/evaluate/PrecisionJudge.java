package cnn.evaluate;

import cnn.UserError;
import cnn.classify.Classifier;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.metrics.Scores;
import cnn.model.Calibrated;
import cnn.model.Model;
import cnn.program.FloatStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Judges int8 by float32. Holds one number for each image and class. */
public final class PrecisionJudge {
    private static final int BATCH = 8;
    private static final int COMPARED_BY_LAYER = 16;

    private final Model exact;
    private final ImagePreparation preparation;
    private final List<ImageInput> images;
    private final int threads;
    private final long seed;
    private final boolean known;
    private final Scores scores;

    /**
     * @param exact computes in float32
     * @param threads that decode
     * @param seed of the intervals
     * @throws UserError of kind DATA if no image can be read
     */
    public PrecisionJudge(Model exact, ImagePreparation preparation, List<ImageInput> images, int threads, long seed) {
        this.exact = exact;
        this.preparation = preparation;
        this.threads = threads;
        this.seed = seed;
        JudgedRows rows = rows(exact, images);
        if (rows.judged().isEmpty()) {
            throw UserError.data("none of the %d images to judge by can be read".formatted(images.size()));
        }
        this.images = rows.judged().stream().map(images::get).toList();
        int[] classes = classes();
        this.known = classes.length == this.images.size();
        this.scores = new Scores(known ? classes : new int[this.images.size()], rows.probabilities());
    }

    /** The model in int8; to be closed before the other. */
    public Model open(Calibrated calibrated) {
        Model int8 = exact.cut(exact.network().output().name());
        int8.quantize(calibrated);
        return int8;
    }

    /** What int8 makes of the images. */
    public PrecisionTrial trial(Calibrated calibrated) {
        try (Model int8 = open(calibrated)) {
            Scores near = new Scores(scores.actual(), rows(int8, images).probabilities());
            return PrecisionTrial.of(scores, near, known, seed);
        }
    }

    /** The layers with their noise, the worst first. */
    public List<LayerNoise> noise(Calibrated calibrated) {
        try (Model int8 = open(calibrated)) {
            return meter().of(exact, int8, int8.observable());
        }
    }

    /**
     * Keeps as many layers in float32 as it takes: those first that help the output most when they alone are kept.
     *
     * @param points see {@link PrecisionTrial#drop}, which is to be at most so much
     */
    public Calibrated within(double points, Calibrated calibrated) {
        if (trial(calibrated).drop() <= points) {
            return calibrated;
        }
        List<String> order = meter().mostHelpful(exact, kept -> open(calibrated.keeping(kept)), whole(calibrated));
        List<String> kept = new ArrayList<>();
        Calibrated tried = calibrated;
        for (String layer : order) {
            kept.add(layer);
            tried = calibrated.keeping(kept);
            if (trial(tried).drop() <= points) {
                break;
            }
        }
        return tried;
    }

    /** The layers that are computed in int8. */
    private List<String> whole(Calibrated calibrated) {
        List<String> all = exact.network().nodes().stream()
                .filter(node -> !node.weights().isEmpty())
                .map(node -> node.name())
                .toList();
        Set<String> whole = new LinkedHashSet<>(inFloat(calibrated.keeping(all)));
        inFloat(calibrated).forEach(whole::remove);
        return List.copyOf(whole);
    }

    private List<String> inFloat(Calibrated calibrated) {
        try (Model int8 = open(calibrated)) {
            return int8.inFloat().stream().map(FloatStep::layer).toList();
        }
    }

    private NoiseMeter meter() {
        return new NoiseMeter(preparation, images.subList(0, Math.min(COMPARED_BY_LAYER, images.size())), threads);
    }

    private JudgedRows rows(Model model, List<ImageInput> inputs) {
        int classes = exact.labels().size();
        JudgedRows rows = new JudgedRows(classes);
        new Classifier(model, preparation, classes, BATCH, threads).classify(inputs.iterator(), answers -> {
            answers.forEach(rows::add);
            return true;
        });
        return rows;
    }

    /** What the images show by the names of their folders; fewer than images if these are not all classes. */
    private int[] classes() {
        ClassFolders folders = new ClassFolders(exact.name(), exact.labels());
        return images.stream()
                .map(image -> image.path()
                        .map(Path::toAbsolutePath)
                        .map(Path::getParent)
                        .map(Path::getFileName))
                .map(folder ->
                        folder.map(name -> folders.indexOf(name.toString())).orElse(OptionalInt.empty()))
                .flatMapToInt(OptionalInt::stream)
                .toArray();
    }
}
