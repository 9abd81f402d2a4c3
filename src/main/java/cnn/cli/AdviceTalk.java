package cnn.cli;

import cnn.train.EpochRow;
import cnn.train.TrainingListener;
import java.util.List;

/**
 * Shows how far an advice is.
 *
 * @param talk to the user
 */
final class AdviceTalk implements TrainingListener {
    private final Talk talk;
    private final ReadingProgress reading;

    AdviceTalk(Talk talk) {
        this.talk = talk;
        this.reading = new ReadingProgress(talk);
    }

    @Override
    public void note(String line) {
        talk.note(line);
    }

    @Override
    public void detail(String line) {
        talk.detail(line);
    }

    @Override
    public void read(String part, long done, long all) {
        reading.show(part, done, all);
    }

    @Override
    public void batch(int epoch, int epochs, long done, long all) {
        talk.show(ProgressLine.counted(
                "trial: epoch %d of %d".formatted(epoch, epochs), "batch", done, all, Double.NaN, ""));
    }

    @Override
    public synchronized void fitted(int done, int all) {
        talk.show(ProgressLine.counted("cross-validation", "fit", done, all, Double.NaN, ""));
    }

    @Override
    public void epoch(EpochRow row, int epochs, List<EpochRow> history) {}
}
