package cnn.train;

import cnn.UserError;
import cnn.classify.Lookahead;
import cnn.data.Dataset;
import cnn.metrics.Scores;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.program.Backend;
import cnn.program.TrainableNetwork;
import cnn.program.TrainingSetup;
import cnn.program.UnsupportedLayerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Makes networks ready to be trained in a phase: cut where nothing below changes.
 *
 * @param backend that trains them
 * @param threads that make batches
 * @param stopRequested whether the user wants the training to stop
 */
record TrainerFactory(
        Backend backend,
        StartingModel model,
        Dataset data,
        DataParts parts,
        TrainingRequest request,
        int threads,
        BooleanSupplier stopRequested) {

    /** The layers above the phase's cut. */
    Network tail(Phase phase) {
        return model.network().above(cut(phase));
    }

    /**
     * @param initial weights of all layers
     * @param stopping whether to give up between two batches
     * @throws UserError if there are not enough images, or a layer that cannot be trained
     */
    Trainer open(Phase phase, Weights initial, BooleanSupplier stopping) {
        LoadedSamples training = training(phase);
        Batches judged = batches(validation(phase), equal());
        Batches learnt =
                batches(training, request.balanced() ? floats(balanced(data.counts(training.samples()))) : equal());
        TrainableNetwork tail = compile(phase, initial, phase.trainable(), phase.batchStatistics());
        return new Trainer(tail, parts.trunk(cut(phase)), learnt, judged, request, phase, stopping);
    }

    /** The samples that a phase learns from. */
    LoadedSamples training(Phase phase) {
        return parts.training(cut(phase));
    }

    /** The samples that a phase is judged by. */
    LoadedSamples validation(Phase phase) {
        return parts.validation(cut(phase));
    }

    /** How a network does on the test folder, if there is one. */
    Optional<TrainingOutcome.Test> test(Phase phase, Weights weights) {
        return parts.test(cut(phase)).filter(read -> read.size() > 0).map(part -> {
            Trainer.Score score = judge(phase, part, weights);
            return new TrainingOutcome.Test(score.loss(), score.accuracy(), score.macroF1(), part.size());
        });
    }

    /** How a network does on some samples. */
    Trainer.Score judge(Phase phase, LoadedSamples part, Weights weights) {
        Batches batches = batches(part, equal());
        try (Trainer judging = new Trainer(
                compile(phase, weights, Set.of(), Set.of()),
                Optional.empty(),
                batches,
                batches,
                request,
                phase,
                stopRequested)) {
            return judging.judge(0);
        }
    }

    /** What a network says of some samples. */
    Scores scores(Phase phase, LoadedSamples part, Weights weights) {
        Batches batches = batches(part, equal());
        List<float[]> rows = new ArrayList<>();
        try (TrainableNetwork network = compile(phase, weights, Set.of(), Set.of());
                Lookahead<Integer, Batches.Inputs> inputs = batches.inOrder()) {
            while (inputs.hasNext()) {
                if (stopRequested.getAsBoolean()) {
                    throw new TrainingStopped();
                }
                Batches.Inputs next = inputs.next();
                add(rows, network.predict(next.nhwc(), next.samples()), next.samples());
                batches.reuse(next);
            }
        }
        return new Scores(part.classes(), rows.toArray(float[][]::new));
    }

    /** Adds a row of all classes' probabilities for each sample; one output of two classes is the second one's. */
    private static void add(List<float[]> rows, float[] outputs, int samples) {
        int units = outputs.length / samples;
        for (int i = 0; i < samples; i++) {
            rows.add(
                    units == 1
                            ? new float[] {1 - outputs[i], outputs[i]}
                            : Arrays.copyOfRange(outputs, i * units, (i + 1) * units));
        }
    }

    private TrainableNetwork compile(Phase phase, Weights weights, Set<String> trainable, Set<String> statistics) {
        Network tail = tail(phase);
        TrainingSetup setup = new TrainingSetup(
                inside(tail, trainable),
                inside(tail, statistics),
                phase.optimizer(),
                request.batchSize(),
                request.seed(),
                request.regularization().labelSmoothing(),
                l2(tail),
                phase.rates());
        try {
            return backend.trainable(tail, weights, setup);
        } catch (UnsupportedLayerException e) {
            throw UserError.data(model.network().name() + " cannot be trained: " + e.getMessage(), e);
        }
    }

    private Map<String, Double> l2(Network tail) {
        double l2 = request.regularization().l2();
        return l2 == 0
                ? Map.of()
                : inside(tail, model.head()).stream().collect(Collectors.toMap(layer -> layer, layer -> l2));
    }

    private Batches batches(LoadedSamples part, float[] classWeights) {
        return new Batches(part, classWeights, request.batchSize(), threads);
    }

    private float[] equal() {
        float[] weights = new float[data.classes().size()];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** The weight of each class: n / (k n_c). */
    static double[] balanced(long[] counts) {
        long all = Arrays.stream(counts).sum();
        return Arrays.stream(counts)
                .mapToDouble(count -> all / ((double) counts.length * count))
                .toArray();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private String cut(Phase phase) {
        return model.cutForTraining(phase.trainable());
    }

    private static Set<String> inside(Network tail, Set<String> layers) {
        Set<String> inside = new HashSet<>();
        tail.nodes().stream().map(Node::name).filter(layers::contains).forEach(inside::add);
        return inside;
    }
}
