package cnn.train;

import cnn.confidence.Novelty;
import cnn.linear.LinearHeadSearch;
import cnn.model.SavedModel;
import cnn.network.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A trained model, not saved yet.
 *
 * @param tail the weights of the layers above the model's cut, valid as long as what training started from is open
 * @param history all epochs, in order; before them the model as it was, epoch 0, where it was trained already
 * @param best the epoch that is kept; epoch 0 is the model as it was before
 * @param test how the kept epoch does on the test folder, if there is one
 * @param solved what the search for a linear head found, if the head is one
 * @param novelty what tells images unlike the training images, if that was wanted
 * @param selection by what the kept epoch is the best
 * @param trainImages that were trained on
 * @param failedImages that could not be read, of all parts
 */
public record TrainingOutcome(
        SavedModel model,
        Weights tail,
        List<EpochRow> history,
        EpochRow best,
        Optional<Test> test,
        Optional<LinearHeadSearch.Found> solved,
        Optional<Novelty> novelty,
        Selection selection,
        int trainImages,
        int validationImages,
        int failedImages) {

    /** What the test folder says. */
    public record Test(double loss, double accuracy, double macroF1, int images) {}

    public TrainingOutcome {
        history = List.copyOf(history);
    }

    /** How many epochs were learnt in. */
    public int epochs() {
        return (int) history.stream().filter(EpochRow::learnt).count();
    }

    /** Whether an epoch is kept and not the model as it was before. */
    public boolean improved() {
        return best.learnt();
    }

    /** What to say where fine-tuning did not help. */
    public Optional<String> advice(Path file) {
        Optional<EpochRow> tuned = history.stream()
                .filter(row -> row.learnt() && row.phase().equals("finetune"))
                .min(selection.order());
        return tuned.filter(row -> !best.phase().equals(row.phase()) || !improved())
                .map(row -> String.format(
                        Locale.ROOT,
                        "no epoch of fine-tuning was better than epoch %d (%s; the best of them, epoch %d, %.4f): "
                                + "%s is %s; try another --finetune-learning-rate, fewer layers with --unfreeze, --augment, "
                                + "or more images",
                        best.epoch(),
                        selection.by().words(best),
                        row.epoch(),
                        selection.by().of(row),
                        file,
                        improved() ? "the model of that epoch" : "the model as it was before"));
    }
}
