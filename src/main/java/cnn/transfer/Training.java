package cnn.transfer;

import cnn.data.Dataset;
import cnn.data.FeatureCache;
import cnn.data.Sample;
import cnn.data.Sha256;
import cnn.engine.TrainableNetwork;
import cnn.engine.TrainingSetup;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.transfer.TrainingSettings.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trains a model on a data set: phase after phase, epoch after epoch, keeping the weights of the epoch with the lowest
 * validation loss.
 *
 * <p>Everything that happens is a function of model, data and settings; so a run that was cut off and goes on from its
 * checkpoint ends in the same bits.
 *
 * @param preparation how images become the model's input
 * @param passes the arithmetic of what is not trained
 * @param cache of what the layers that are not trained make of the images
 * @param threads that read, decode and augment
 * @param checkpointFile may not be there
 */
public record Training(
        StartingModel model,
        Dataset data,
        ImagePreparation preparation,
        TrainingSettings settings,
        ForwardPasses passes,
        Optional<FeatureCache> cache,
        int threads,
        Path checkpointFile,
        TrainingListener listener) {
    private static final long NANOS_BETWEEN_CHECKPOINTS = 5_000_000_000L;

    /**
     * Trains, from the beginning or from the checkpoint on.
     *
     * @param resume whether to go on from the checkpoint, if there is one
     * @throws cnn.UserError if images lack, the loss runs away, the checkpoint is another run's or damaged or cannot be written
     */
    public TrainingOutcome run(boolean resume) {
        Run run = new Run();
        return run.all(resume);
    }

    /** Takes the checkpoint away, when the model is safe. */
    public void finish() {
        checkpoint().delete();
    }

    /** The images and their classes, as one name: equal text, equal content in equal order. */
    String fingerprint() {
        StringBuilder text =
                new StringBuilder("data 1\n").append(data.classes()).append('\n');
        for (List<Sample> part : List.of(data.training(), data.validation(), data.test())) {
            part.forEach(sample -> text.append(sample.content())
                    .append(' ')
                    .append(sample.label())
                    .append('\n'));
            text.append('\n');
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Checkpoint checkpoint() {
        Map<String, String> wanted = new LinkedHashMap<>();
        settings.described().forEach((name, value) -> wanted.put(name, String.valueOf(value)));
        wanted.put("model", model.network().name());
        wanted.put("weights", model.identity());
        wanted.put("images", preparation.recipe());
        wanted.put("data", fingerprint());
        return new Checkpoint(checkpointFile, wanted);
    }

    /** One run with all that it holds. */
    private final class Run {
        private final TrainingParts parts = new TrainingParts(
                model,
                data,
                preparation,
                settings.augmentation(),
                settings.seed(),
                passes,
                new PartReader(cache, threads, listener));
        private final Checkpoint checkpoint = checkpoint();
        private TrainingState state = TrainingState.START;
        private long lastCheckpoint = System.nanoTime();
        private int trainImages;
        private int validationImages;

        TrainingOutcome all(boolean resume) {
            Optional<Checkpoint.Found> found = resume ? checkpoint.read() : Optional.empty();
            try {
                if (found.isPresent()) {
                    state = found.get().state();
                    listener.note("going on after epoch " + state.history().size());
                } else if (checkpoint.exists()) {
                    listener.note(checkpointFile + " is of a run that was cut off; starting anew, and it will be "
                            + "written over (--resume would go on with it)");
                } else if (resume) {
                    listener.note("there is no checkpoint " + checkpointFile + "; starting from the beginning");
                }
                for (int phase = state.phase(); phase < settings.phases().size(); phase++) {
                    state = state.inPhase(phase);
                    train(settings.phases().get(phase), found);
                    found = Optional.empty();
                }
            } finally {
                close(found);
            }
            return outcome();
        }

        private void train(Phase phase, Optional<Checkpoint.Found> found) {
            try (PhaseTraining training = open(phase, bestWeights())) {
                if (found.isPresent()) {
                    restore(training, found.get());
                } else if (state.best().isEmpty() && !model.trained().isEmpty()) {
                    EpochRow before = training.before();
                    state = state.withBest(new TrainingState.Best(before, -1, Map.of()));
                    listener.epoch(before, settings.epochs(), state.history());
                }
                Network tail = tail(phase);
                while (!settings.isOver(phase, state.history())) {
                    EpochRow row = training.epoch(state.history().size() + 1, phase.done(state.history()));
                    boolean better = state.best().isEmpty()
                            || row.beats(state.best().get().row());
                    state = state.plus(
                            row,
                            better
                                    ? Optional.of(new TrainingState.Best(
                                            row, state.phase(), WeightValues.copy(tail, training.weights())))
                                    : state.best());
                    listener.epoch(row, settings.epochs(), state.history());
                    keep(training);
                }
            }
        }

        private PhaseTraining open(Phase phase, Weights initial) {
            String cut = model.cutForTraining(phase.trainable());
            TrainingPart training = parts.training(cut);
            TrainingPart validation = parts.validation(cut);
            trainImages = training.size();
            validationImages = validation.size();
            float[] equal = new float[data.classes().size()];
            Arrays.fill(equal, 1);
            Network tail = model.network().above(cut);
            TrainingSetup setup = new TrainingSetup(
                    inTail(tail, phase.trainable()),
                    inTail(tail, model.batchStatistics()),
                    phase.optimizer(),
                    settings.batchSize(),
                    settings.seed());
            return new PhaseTraining(
                    TrainableNetwork.compile(tail, initial, setup),
                    parts.trunk(cut),
                    new Batches(
                            training, settings.balanced() ? balanced(training) : equal, settings.batchSize(), threads),
                    new Batches(validation, equal, settings.batchSize(), threads),
                    settings,
                    phase);
        }

        private float[] balanced(TrainingPart part) {
            long[] counts = data.counts(part.samples());
            float[] weights = new float[counts.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (part.size() / ((double) counts.length * counts[i]));
            }
            return weights;
        }

        private Weights bestWeights() {
            return state.best()
                    .<Weights>map(best -> new WeightValues(best.weights(), model.weights()))
                    .orElse(model.weights());
        }

        private void keep(PhaseTraining training) {
            int done = state.history().size();
            boolean due = settings.checkpointEvery().isPresent()
                    ? done % settings.checkpointEvery().getAsInt() == 0
                    : System.nanoTime() - lastCheckpoint >= NANOS_BETWEEN_CHECKPOINTS;
            if (due) {
                checkpoint.write(state, training::save);
                lastCheckpoint = System.nanoTime();
            }
        }

        private TrainingOutcome outcome() {
            TrainingState.Best best = state.best().orElseThrow();
            Phase phase = settings.phases().get(Math.max(0, best.phase()));
            Set<String> trained = new HashSet<>(model.trained());
            trained.addAll(best.phase() < 0 ? Set.of() : phase.trainable());
            Optional<TrainingOutcome.Test> test = test(phase);
            SavedModel saved = new SavedModel(
                    model.base(),
                    model.cutForSaving(trained),
                    model.network(),
                    model.network().nodes().stream()
                            .map(Node::name)
                            .filter(trained::contains)
                            .toList(),
                    model.preprocessing(),
                    preparation.resize(),
                    preparation.decoder().autoOrient(),
                    data.classes(),
                    new SavedModel.Training(
                            settings.seed(), fingerprint(), settings.described(), metrics(best.row(), test)));
            return new TrainingOutcome(
                    saved,
                    bestWeights(),
                    state.history(),
                    best.row(),
                    test,
                    trainImages,
                    validationImages,
                    parts.leftOut());
        }

        private Optional<TrainingOutcome.Test> test(Phase phase) {
            String cut = model.cutForTraining(phase.trainable());
            Optional<TrainingPart> part = parts.test(cut).filter(read -> read.size() > 0);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            float[] equal = new float[data.classes().size()];
            Arrays.fill(equal, 1);
            TrainingSetup setup =
                    new TrainingSetup(Set.of(), Set.of(), phase.optimizer(), settings.batchSize(), settings.seed());
            Batches batches = new Batches(part.get(), equal, settings.batchSize(), threads);
            try (PhaseTraining judging = new PhaseTraining(
                    TrainableNetwork.compile(model.network().above(cut), bestWeights(), setup),
                    Optional.empty(),
                    batches,
                    batches,
                    settings,
                    phase)) {
                EpochRow row = judging.before();
                return Optional.of(new TrainingOutcome.Test(
                        row.valLoss(), row.valAccuracy(), part.get().size()));
            }
        }
    }

    private Network tail(Phase phase) {
        return model.network().above(model.cutForTraining(phase.trainable()));
    }

    private static Map<String, Object> metrics(EpochRow best, Optional<TrainingOutcome.Test> test) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("epoch", best.epoch());
        metrics.put("loss", best.loss());
        metrics.put("accuracy", best.accuracy());
        metrics.put("val_loss", best.valLoss());
        metrics.put("val_accuracy", best.valAccuracy());
        test.ifPresent(found -> {
            metrics.put("test_loss", found.loss());
            metrics.put("test_accuracy", found.accuracy());
        });
        return metrics;
    }

    private static Set<String> inTail(Network tail, Set<String> layers) {
        Set<String> inside = new HashSet<>();
        tail.nodes().stream().map(Node::name).filter(layers::contains).forEach(inside::add);
        return inside;
    }

    private static void restore(PhaseTraining training, Checkpoint.Found found) {
        try {
            training.restore(found.network());
        } catch (IOException e) {
            throw new IllegalStateException("a checkpoint of the right digest cannot be read", e);
        }
    }

    private static void close(Optional<Checkpoint.Found> found) {
        try {
            if (found.isPresent()) {
                found.get().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a file that was read cannot be closed", e);
        }
    }
}
