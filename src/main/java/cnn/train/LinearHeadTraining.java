package cnn.train;

import cnn.Counted;
import cnn.UserError;
import cnn.data.Sample;
import cnn.files.Sha256;
import cnn.linear.LinearHeadSearch;
import cnn.linear.LinearModel;
import cnn.linear.Samples;
import cnn.metrics.Scores;
import cnn.model.WeightValues;
import cnn.network.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Solves a linear head: reads the features that go into it, chooses its penalty by cross-validation, and makes weights of
 * the dense layer of the optimum, into which the standardisation of the features is folded.
 *
 * @param trainers judge what was found, by the network that is saved
 */
record LinearHeadTraining(
        TrainingRequest request,
        LinearHead head,
        TrainerFactory trainers,
        TrainingListener listener,
        BooleanSupplier stopRequested) {
    private static final int TOLD_AT_MOST = 3;

    /**
     * What was found.
     *
     * @param row what the head reaches that has learnt from the training images alone
     * @param weights of the layer, as {@link WeightValues} names them
     * @param held what it says of images that it has not learnt from; of all images, if it has learnt from all, by the folds
     *     that have not; empty where there can be no folds
     */
    record Solved(EpochRow row, Map<String, float[]> weights, LinearHeadSearch.Found found, Optional<Scores> held) {}

    /** @throws UserError if a class has no images, or the features are no numbers */
    Solved solve(Phase phase, Node layer) {
        LoadedSamples training = trainers.training(phase);
        LoadedSamples validation = trainers.validation(phase);
        LinearHeadSearch search =
                new LinearHeadSearch(head.penalty(), head.folds(), request.seed(), trainers.threads());
        Samples samples = samples(List.of(training));
        LinearHeadSearch.Found found = search.find(samples, progress());
        tellFolds(training, found);
        EpochRow row = row(phase, training, validation, found, weights(layer, found.model()));
        Optional<Scores> held = Optional.empty();
        if (head.refitAll()) {
            Samples all = samples(List.of(training, validation));
            held = search.outOfFold(all, found, progress());
            found = search.refit(all, found, progress());
        } else {
            LinearModel model = found.model();
            held = Optional.of(new Scores(
                    validation.classes(), rows(validation).map(model::floats).toArray(float[][]::new)));
        }
        if (!found.exact()) {
            listener.note(
                    "the penalty is so weak that double precision cannot tell the optimum; a smaller --penalty can");
        }
        return new Solved(row, weights(layer, found.model()), found, held);
    }

    private Samples samples(List<LoadedSamples> parts) {
        double[][] features = parts.stream().flatMap(this::rows).toArray(double[][]::new);
        List<Sample> samples =
                parts.stream().flatMap(part -> part.samples().stream()).toList();
        Map<Sha256, Integer> contents = new HashMap<>();
        int[] groups = samples.stream()
                .mapToInt(sample -> contents.computeIfAbsent(sample.content(), content -> contents.size()))
                .toArray();
        Samples equal = Samples.of(
                        features,
                        samples.stream()
                                .mapToInt(sample -> sample.target().classIndex())
                                .toArray(),
                        trainers.data().classes().size())
                .grouped(groups);
        return request.balanced()
                ? equal.weighted(TrainerFactory.balanced(trainers.data().counts(samples)))
                : equal;
    }

    private Stream<double[]> rows(LoadedSamples part) {
        float[] row = new float[part.rows().floats()];
        return IntStream.range(0, part.size()).mapToObj(i -> {
            part.rows().read(i, 0, row);
            double[] features = new double[row.length];
            for (int j = 0; j < row.length; j++) {
                features[j] = row[j];
            }
            if (!Arrays.stream(features).allMatch(Double::isFinite)) {
                throw UserError.data("%s: the network's features of it are no finite numbers; its weights do not fit"
                        .formatted(part.samples().get(i).path()));
            }
            return features;
        });
    }

    private LinearHeadSearch.Listener progress() {
        return new LinearHeadSearch.Listener() {
            @Override
            public void fitted(int done, int all) {
                listener.fitted(done, all);
            }

            @Override
            public void working() {
                if (stopRequested.getAsBoolean()) {
                    throw new TrainingStopped();
                }
            }
        };
    }

    /** Says where there are fewer folds than were asked for, and why. */
    private void tellFolds(LoadedSamples training, LinearHeadSearch.Found found) {
        long[] counts = trainers.data().counts(training.samples());
        List<String> single = IntStream.range(0, counts.length)
                .filter(label -> counts[label] == 1)
                .mapToObj(trainers.data().classes()::get)
                .toList();
        if (found.folds() == 0) {
            listener.note(
                    "no class has two different training images, so nothing can be held back to choose the penalty"
                            + " by: C is " + found.penalty());
            return;
        }
        if (!single.isEmpty()) {
            listener.note("%s one training image, which is always learnt from: cross-validation says nothing of %s"
                    .formatted(
                            single.size() <= TOLD_AT_MOST
                                    ? String.join(", ", single) + (single.size() == 1 ? " has" : " have")
                                    : Counted.of(single.size(), "class") + " have",
                            single.size() == 1 ? "it" : "them"));
        }
        if (found.folds() < head.folds()) {
            listener.note(
                    "the smallest class has %d different training images, so cross-validation has %d folds, not %d"
                            .formatted(found.folds(), found.folds(), head.folds()));
        }
    }

    private EpochRow row(
            Phase phase,
            LoadedSamples training,
            LoadedSamples validation,
            LinearHeadSearch.Found found,
            Map<String, float[]> weights) {
        WeightValues all = new WeightValues(weights, trainers.model().model().weights());
        Trainer.Score learnt = trainers.judge(phase, training, all);
        Trainer.Score judged = trainers.judge(phase, validation, all);
        return EpochRow.of(found.iterations(), learnt, judged, phase);
    }

    /** The weights of a dense layer: a kernel of (features, units), and a bias. */
    private static Map<String, float[]> weights(Node layer, LinearModel model) {
        int units = model.intercepts().length;
        int columns = model.weights()[0].length;
        float[] kernel = new float[columns * units];
        float[] bias = new float[units];
        for (int unit = 0; unit < units; unit++) {
            for (int j = 0; j < columns; j++) {
                kernel[j * units + unit] = (float) model.weights()[unit][j];
            }
            bias[unit] = (float) model.intercepts()[unit];
        }
        return WeightValues.of(layer, List.of(kernel, bias));
    }
}
