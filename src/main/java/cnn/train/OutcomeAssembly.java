package cnn.train;

import cnn.classify.ImagePreparation;
import cnn.data.Dataset;
import cnn.data.StoredSplit;
import cnn.linear.LinearHeadSearch;
import cnn.model.SavedModel;
import cnn.network.Node;
import cnn.network.Weights;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts together what is saved of a training. */
record OutcomeAssembly(TrainingRequest request, StartingModel model, Dataset data, DataParts parts) {

    /**
     * @param history all epochs
     * @param best the epoch that is kept
     * @param changed layers whose weights this training changed
     * @param weights of all layers
     * @param solved what the search for a linear head found, if there was one
     * @param after what was found out at the end
     * @param averaged the epochs whose weights' mean is kept, if it is one
     * @param trials what learning rates came to that were tried
     * @param complete whether training came to its end
     */
    TrainingOutcome outcome(
            List<EpochRow> history,
            EpochRow best,
            Set<String> changed,
            Weights weights,
            Afterwards after,
            Optional<LinearHeadSearch.Found> solved,
            List<Integer> averaged,
            List<RateTrial> trials,
            boolean complete) {
        Set<String> trained = new HashSet<>(model.trained());
        trained.addAll(changed);
        ImagePreparation preparation = request.preparation(model);
        int epochs = solved.map(LinearHeadSearch.Found::iterations)
                .orElseGet(() -> (int) history.stream().filter(EpochRow::learnt).count());
        SavedModel saved = new SavedModel(
                model.base(),
                model.cutForSaving(trained),
                model.network(),
                model.network().nodes().stream()
                        .map(Node::name)
                        .filter(trained::contains)
                        .toList(),
                model.model().preprocessing(),
                preparation.loading(),
                preparation.decoder().autoOrient(),
                data.classes(),
                new SavedModel.Training(
                        request.seed(),
                        RunIdentity.fingerprint(data),
                        splits(),
                        complete,
                        RunIdentity.origin(request, model),
                        request.settings(),
                        metrics(best, epochs, after.test(), solved, averaged, trials)),
                after.calibration());
        return new TrainingOutcome(
                saved,
                weights,
                history,
                best,
                after.test(),
                solved,
                after.novelty(),
                request.selection(),
                parts.size("training"),
                parts.size("validation"),
                parts.leftOut());
    }

    /** Which images were held back; of a head that learnt from them in the end, none. */
    private List<StoredSplit> splits() {
        if (request.linear().filter(LinearHead::refitAll).isPresent()) {
            return List.of();
        }
        Set<StoredSplit> splits = new LinkedHashSet<>();
        data.split().ifPresent(splits::add);
        model.saved().ifPresent(before -> splits.addAll(before.training().splits()));
        return List.copyOf(splits);
    }

    private Map<String, Object> metrics(
            EpochRow best,
            int epochs,
            Optional<TrainingOutcome.Test> test,
            Optional<LinearHeadSearch.Found> solved,
            List<Integer> averaged,
            List<RateTrial> trials) {
        ClassBalance balance = parts.balance();
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("epoch", best.epoch());
        metrics.put("epochs", epochs);
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
        if (!averaged.isEmpty()) {
            metrics.put("averaged_epochs", averaged);
        }
        if (!trials.isEmpty()) {
            metrics.put(
                    "finetune_learning_rate",
                    RateTrial.best(trials, request.selection()).rate());
            metrics.put(
                    "tried_learning_rates", trials.stream().map(RateTrial::rate).toList());
            metrics.put(
                    "tried_val_losses",
                    trials.stream().map(trial -> trial.row().valLoss()).toList());
            metrics.put(
                    "tried_val_accuracies",
                    trials.stream().map(trial -> trial.row().valAccuracy()).toList());
        }
        solved.ifPresent(found -> put(metrics, found));
        return metrics;
    }

    private static void put(Map<String, Object> metrics, LinearHeadSearch.Found found) {
        metrics.put("solver", "lbfgs");
        metrics.put("penalty", found.penalty());
        metrics.put("folds", found.folds());
        found.validated().ifPresent(tried -> {
            metrics.put("cv_loss", tried.logLoss());
            metrics.put("cv_accuracy", tried.accuracy());
            metrics.put(
                    "cv_accuracy_interval",
                    List.of(tried.interval().low(), tried.interval().high()));
        });
    }
}
