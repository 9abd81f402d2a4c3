package cnn.transfer;

import cnn.network.Weights;
import java.util.List;
import java.util.Optional;

/**
 * A trained model, not saved yet.
 *
 * @param tail the weights of the layers above the model's cut, valid as long as what training started from is open
 * @param history all epochs, in order
 * @param best the epoch that is kept; epoch 0 is the model as it was before
 * @param test how the kept epoch does on the test folder, if there is one
 * @param trainImages that were trained on
 * @param failedImages that could not be read, of all parts
 */
public record TrainingOutcome(
        SavedModel model,
        Weights tail,
        List<EpochRow> history,
        EpochRow best,
        Optional<Test> test,
        int trainImages,
        int validationImages,
        int failedImages) {

    /** What the test folder says. */
    public record Test(double loss, double accuracy, double macroF1, int images) {}

    public TrainingOutcome {
        history = List.copyOf(history);
    }
}
