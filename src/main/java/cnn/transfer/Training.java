package cnn.transfer;

import cnn.data.Dataset;
import cnn.data.FeatureCache;
import cnn.data.Sample;
import cnn.data.Sha256;
import cnn.data.StoredSplit;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.transfer.TrainingSettings.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    /**
     * Trains, from the beginning or from the checkpoint on.
     *
     * @param resume whether to go on from the checkpoint, if there is one
     * @throws cnn.UserError if images lack, the loss runs away, the checkpoint is another run's or damaged or cannot be written
     */
    public TrainingOutcome run(boolean resume) {
        TrainingParts parts = new TrainingParts(
                model,
                data,
                preparation,
                settings.augmentation(),
                settings.seed(),
                passes,
                new PartReader(cache, threads, listener));
        TrainingPhases phases = new TrainingPhases(model, data, parts, settings, threads);
        TrainingState state = new TrainingRun(model, settings, phases, checkpoint(), listener).run(resume);
        return outcome(state, phases, parts);
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

    private TrainingOutcome outcome(TrainingState state, TrainingPhases phases, TrainingParts parts) {
        TrainingState.Best best = state.best().orElseThrow();
        Phase phase = settings.phases().get(Math.max(0, best.phase()));
        Weights weights = state.bestWeights(model);
        Set<String> trained = new HashSet<>(model.trained());
        trained.addAll(best.phase() < 0 ? Set.of() : phase.trainable());
        Optional<TrainingOutcome.Test> test = phases.test(phase, weights);
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
        Map<String, String> wanted = new LinkedHashMap<>();
        settings.described().forEach((name, value) -> wanted.put(name, String.valueOf(value)));
        wanted.put("model", model.network().name());
        wanted.put("weights", model.identity());
        wanted.put("images", preparation.recipe());
        wanted.put("data", fingerprint());
        return new Checkpoint(checkpointFile, wanted);
    }

    private Map<String, Object> metrics(
            TrainingState state, Optional<TrainingOutcome.Test> test, TrainingParts parts, ClassBalance balance) {
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
