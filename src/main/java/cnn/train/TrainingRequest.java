package cnn.train;

import cnn.classify.ImagePreparation;
import cnn.classify.ImageRequest;
import cnn.confidence.Novelty;
import cnn.image.Augmentation;
import cnn.model.Head;
import cnn.model.ModelRequest;
import cnn.model.Schedule;
import cnn.program.Optimizer;
import cnn.program.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a training is to be: everything that decides its result. Whatever is added here belongs into its identity as well,
 * into {@link #settings} or into what is compared by content: the model, the images and how they are read.
 *
 * @param data folder of the images
 * @param model a network by name, for a new head or from scratch; the weights that a saved model's base needs; and the seed
 *     of weights, of the order of the samples, of dropout and of augmentation
 * @param from a saved model that is trained further, in place of a new head: its head alone without {@code fineTuning}
 * @param layer that the new head is put on; empty: the end of the network without its top, or what goes into the last dense
 *     layer
 * @param linear that the head is solved and not trained epoch after epoch; then neither {@code head} nor anything about
 *     epochs counts
 * @param head layers before the output layer; empty: {@link #DEFAULT_HEAD}, or the network's own top from scratch
 * @param fineTuning whether, and how, layers of the base learn too
 * @param epochs of the head, or of the whole network from scratch
 * @param batchSize samples of a step
 * @param regularization of a training by gradient
 * @param balanced whether rare classes weigh more: n / (k n_c) for a class of n_c of all n samples of k classes, as
 *     scikit-learn's {@code class_weight='balanced'}
 * @param patience a phase ends when no epoch was better than the best for so many epochs
 * @param selection which epoch is the best, and what is kept
 * @param validationSplit share of the images that is held back where there is no folder for validation
 * @param precision of what is not trained
 * @param novelty whether features of training images are kept that tell others from them
 * @param chosen why it is this network and layer, where that was measured
 */
public record TrainingRequest(
        Path data,
        ModelRequest model,
        Optional<Path> from,
        Optional<String> layer,
        Optional<LinearHead> linear,
        Optional<String> head,
        Optional<FineTuning> fineTuning,
        int epochs,
        int batchSize,
        Optimizer optimizer,
        Schedule schedule,
        Augmentation augmentation,
        Regularization regularization,
        boolean balanced,
        OptionalInt patience,
        Selection selection,
        double validationSplit,
        Precision precision,
        boolean novelty,
        ImageRequest images,
        Optional<String> chosen) {
    public static final String DEFAULT_HEAD = "avg,dropout:0.2";

    public TrainingRequest {
        if (linear.isPresent() && (from.isPresent() || fineTuning.isPresent())) {
            throw new IllegalArgumentException("a linear head is solved on a base that stays as it is");
        }
        if (layer.isPresent() && from.isPresent()) {
            throw new IllegalArgumentException("a model that is trained further has its head already");
        }
    }

    /** Whether the whole network learns, from random weights. */
    boolean fromScratch() {
        return from.isEmpty() && linear.isEmpty() && model.randomWeights();
    }

    long seed() {
        return model.seed();
    }

    /** The new head, as {@link Head} spells it; empty: a network from scratch keeps its own top. */
    Optional<String> headSpec() {
        return linear.isPresent()
                ? Optional.of(Head.LINEAR)
                : head.or(() -> fromScratch() && layer.isEmpty() ? Optional.empty() : Optional.of(DEFAULT_HEAD));
    }

    /** The phases of this training, one after the other, each from the best weights of the one before. */
    List<Phase> phases(StartingModel start) {
        List<Phase> phases = new ArrayList<>();
        if (linear.isPresent()) {
            return List.of(new Phase(Head.LINEAR, 1, optimizer, schedule, start.head(), Set.of(), Map.of()));
        }
        if (from.isEmpty() || trainsHeadFirst(start)) {
            phases.add(new Phase(
                    fromScratch() ? "all" : "head",
                    epochs,
                    optimizer,
                    schedule,
                    from.isEmpty() ? start.head() : start.headForClasses(),
                    from.isPresent() && start.baseLayers().isEmpty() ? Set.of() : start.batchNorms(List.of()),
                    Map.of()));
        }
        fineTuning.ifPresent(tuning -> phases.add(fineTuning(tuning, start)));
        return phases;
    }

    /** Of a model that was trained before: where that is all that is asked for, or it has to learn other classes. */
    boolean trainsHeadFirst(StartingModel start) {
        return fineTuning.isEmpty() || start.classChange().isPresent();
    }

    private Phase fineTuning(FineTuning tuning, StartingModel start) {
        List<String> unfrozen = tuning.unfreeze().layers(start);
        return new Phase(
                "finetune",
                tuning.epochs(),
                optimizer.withLearningRate(tuning.learningRate()),
                schedule,
                start.headWith(unfrozen),
                start.batchNorms(tuning.batchStatistics() ? unfrozen : List.of()),
                tuning.rates(start.network(), unfrozen));
    }

    /** How images become the model's input. */
    ImagePreparation preparation(StartingModel start) {
        return images.preparation(start.model());
    }

    /** All that decides the result, by the name that it has in a model file, but for what is compared by content. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("command", fineTuning.isPresent() ? "finetune" : "train");
        if (fineTuning.isEmpty()) {
            settings.put("head", headWords());
        }
        layer.ifPresent(below -> settings.put("layer", below));
        settings.put("precision", precision.id());
        fineTuning.ifPresent(tuning -> {
            settings.put("unfreeze", tuning.unfreeze().spec());
            settings.put("finetune_epochs", tuning.epochs());
            settings.put(
                    "finetune_learning_rate",
                    tuning.measured() ? "best of " + RateTrial.rates(optimizer) : tuning.learningRate());
            settings.put("layer_decay", tuning.layerDecay());
            settings.put("batch_norm", tuning.batchStatistics() ? "training" : "inference");
            if (from.isEmpty()) {
                settings.put("head", headWords());
            }
        });
        linear.ifPresentOrElse(solved -> settings.putAll(solved.settings()), () -> putEpochs(settings));
        settings.put("class_weights", balanced ? "balanced" : "none");
        if (linear.isEmpty()) {
            settings.put("patience", patience.isPresent() ? patience.getAsInt() : "none");
            settings.putAll(new TreeMap<>(selection.settings()));
        }
        settings.put("validation_split", validationSplit);
        settings.put("seed", seed());
        settings.put("novelty", novelty ? Novelty.MOST_ROWS : "none");
        chosen.ifPresent(why -> settings.put("auto", why));
        return settings;
    }

    private void putEpochs(Map<String, Object> settings) {
        settings.put("epochs", epochs);
        settings.put("batch_size", batchSize);
        settings.putAll(optimizer.settings());
        settings.putAll(new TreeMap<>(schedule.settings()));
        settings.put("augment", augmentation.toString());
        settings.putAll(new TreeMap<>(regularization.settings()));
    }

    private String headWords() {
        return from.isPresent() ? "kept" : headSpec().orElse("own");
    }
}
