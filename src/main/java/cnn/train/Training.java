package cnn.train;

import cnn.UserError;
import cnn.cache.FeatureCache;
import cnn.classify.ImagePreparation;
import cnn.data.Dataset;
import cnn.data.Sample;
import cnn.data.StoredSplit;
import cnn.files.Sha256;
import cnn.model.ForwardPasses;
import cnn.model.SavedModel;
import cnn.model.WholeModel;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.train.TrainingSettings.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

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
 * @param stopRequested whether to stop at the next occasion, keeping a checkpoint
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
        TrainingListener listener,
        BooleanSupplier stopRequested) {

    /**
     * Trains, from the beginning or from the checkpoint on.
     *
     * @param resume whether to go on from the checkpoint, if there is one
     * @return nothing if it was stopped before the first epoch was done
     * @throws cnn.UserError if images lack, the loss runs away, the checkpoint is another run's or damaged or cannot be written
     */
    public Optional<TrainingOutcome> run(boolean resume) {
        DataParts parts = new DataParts(
                model,
                data,
                preparation,
                settings.augmentation(),
                settings.seed(),
                passes,
                new PartReader(cache, threads, listener, stopRequested));
        TrainerFactory trainers = new TrainerFactory(model, data, parts, settings, threads, stopRequested);
        TrainingRun.Result result =
                new TrainingRun(model, settings, trainers, checkpoint(), listener, stopRequested).run(resume);
        return result.state().epochs() == 0
                ? Optional.empty()
                : Optional.of(outcome(result.state(), trainers, parts, result.complete()));
    }

    /**
     * The model that is in {@code file} already, if this training has made it and came to its end.
     *
     * @throws UserError of kind USAGE if it is another training's and there is no checkpoint to go on from; of kind WEIGHTS
     *     if the file is no model
     */
    public Optional<SavedModel> finished(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        SavedModel found = WholeModel.describe(file);
        SavedModel.Training made = found.training();
        // Files of a time when no origin was kept are taken for this one's.
        Map<String, Object> origin = made.origin().isEmpty() ? origin() : made.origin();
        Optional<String> difference = identity()
                .difference(identity(made.settings(), origin, made.data()).facts());
        if (difference.isPresent() && !checkpoint().exists()) {
            throw UserError.usage(
                    "%s is of a training with %s; train with that, or start anew with --overwrite instead of --resume"
                            .formatted(file, difference.get()));
        }
        return difference.isEmpty() && made.complete() ? Optional.of(found) : Optional.empty();
    }

    /** Takes the checkpoint away, when the model is safe; that of another training stays. */
    public void finish() {
        checkpoint().deleteOwn();
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

    private TrainingOutcome outcome(TrainingState state, TrainerFactory trainers, DataParts parts, boolean allEpochs) {
        TrainingState.Best best = state.best().orElseThrow();
        Phase phase = settings.phases().get(Math.max(0, best.phase()));
        Weights weights = state.bestWeights(model);
        Set<String> trained = new HashSet<>(model.trained());
        trained.addAll(best.phase() < 0 ? Set.of() : phase.trainable());
        boolean complete = allEpochs;
        Optional<TrainingOutcome.Test> test = Optional.empty();
        try {
            test = complete ? trainers.test(phase, weights) : test;
        } catch (TrainingStopped e) {
            complete = false;
        }
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
                        settings.seed(),
                        fingerprint(),
                        splits(),
                        complete,
                        origin(),
                        settings.described(),
                        metrics(state, test, parts, parts.balance())));
        return new TrainingOutcome(
                saved,
                weights,
                state.history(),
                best.row(),
                test,
                parts.size("training"),
                parts.size("validation"),
                parts.leftOut());
    }

    private List<StoredSplit> splits() {
        Set<StoredSplit> splits = new LinkedHashSet<>();
        data.split().ifPresent(splits::add);
        model.saved().ifPresent(before -> splits.addAll(before.training().splits()));
        return List.copyOf(splits);
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(checkpointFile, identity());
    }

    private RunIdentity identity() {
        return identity(settings.described(), origin(), fingerprint());
    }

    private static RunIdentity identity(Map<String, Object> settings, Map<String, Object> origin, String data) {
        Map<String, String> facts = new LinkedHashMap<>();
        settings.forEach((name, value) -> facts.put(name, String.valueOf(value)));
        origin.forEach((name, value) -> facts.put(name, String.valueOf(value)));
        facts.put("data", data);
        return new RunIdentity(facts);
    }

    private Map<String, Object> origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("model", model.network().name());
        origin.put("weights", model.identity());
        origin.put("images", preparation.recipe());
        return origin;
    }

    private Map<String, Object> metrics(
            TrainingState state, Optional<TrainingOutcome.Test> test, DataParts parts, ClassBalance balance) {
        EpochRow best = state.best().orElseThrow().row();
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("epoch", best.epoch());
        metrics.put("epochs", state.epochs());
        metrics.put("loss", best.loss());
        metrics.put("accuracy", best.accuracy());
        metrics.put("val_loss", best.valLoss());
        metrics.put("val_accuracy", best.valAccuracy());
        metrics.put("val_macro_f1", best.valMacroF1());
        test.ifPresent(found -> {
            metrics.put("test_loss", found.loss());
            metrics.put("test_accuracy", found.accuracy());
            metrics.put("test_macro_f1", found.macroF1());
            metrics.put("test_images", found.images());
        });
        metrics.put("train_images", parts.size("training"));
        metrics.put("validation_images", parts.size("validation"));
        metrics.put("failed_images", parts.leftOut());
        metrics.put("class_counts", balance.training());
        metrics.put("majority_baseline", balance.majorityBaseline());
        metrics.put("improved", best.learnt());
        return metrics;
    }
}
