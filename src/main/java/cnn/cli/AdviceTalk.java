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
    private String reading = "";
    private Rate rate = new Rate();

    AdviceTalk(Talk talk) {
        this.talk = talk;
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
        if (!part.equals(reading)) {
            reading = part;
            rate = new Rate();
        }
        talk.show(ProgressLine.counted(part, "image", done, all, rate.of(done), ""));
        if (done == all) {
            talk.clear();
        }
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
