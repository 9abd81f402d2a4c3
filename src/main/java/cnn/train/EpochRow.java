package cnn.train;

/**
 * How an epoch of training came out.
 *
 * @param epoch counted from 1, or the iterations of a solver; 0 for a model as it was before
 * @param loss mean over the training samples while they were learnt from, so with dropout; 0 stands for the means after it
 *     where the epoch is 0
 * @param accuracy share of training samples that were told right, 0 to 1
 * @param valLoss mean over the validation samples after the epoch
 * @param valAccuracy share of validation samples told right
 * @param valMacroF1 the mean F1 of the classes on the validation samples, which a rare class counts in as much as any
 * @param phase what was trained: {@code head}, {@code finetune}, or {@code all} from scratch
 */
public record EpochRow(
        int epoch, double loss, double accuracy, double valLoss, double valAccuracy, double valMacroF1, String phase) {

    /** What an epoch, or a solver, reached on the samples learnt from and on those judged by. */
    static EpochRow of(int epoch, Trainer.Score learnt, Trainer.Score judged, Phase phase) {
        return new EpochRow(
                epoch,
                learnt.loss(),
                learnt.accuracy(),
                judged.loss(),
                judged.accuracy(),
                judged.macroF1(),
                phase.name());
    }

    /** Whether anything was learnt: whether it is not the model as it was before. */
    public boolean learnt() {
        return epoch > 0;
    }
}
