package cnn.cli;

import cnn.Counted;
import cnn.linear.LinearHeadSearch;
import cnn.report.PenaltyCurve;
import cnn.report.ReportSink;
import cnn.report.TrainingHistory;
import cnn.train.EpochRow;
import cnn.train.TrainingListener;
import cnn.train.TrainingOutcome;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells of a training on standard error, and keeps its history in a file. */
final class TrainingTalk implements TrainingListener {
    private final Talk talk;
    private final Path historyFile;
    private final TrainingHistory format;
    private final ReadingProgress reading;
    private final Rate batchRate = new Rate();
    private long batches;
    private final Rate fitRate = new Rate();

    TrainingTalk(Talk talk, Path historyFile, TrainingHistory format) {
        this.talk = talk;
        this.reading = new ReadingProgress(talk);
        this.historyFile = historyFile;
        this.format = format;
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

    /** The time that is left is that of all epochs. */
    @Override
    public void batch(int epoch, int epochs, long done, long all) {
        double perSecond = batchRate.of(++batches);
        talk.show(new ProgressLine(
                "epoch %d/%d".formatted(epoch, epochs),
                (double) done / all,
                String.format(Locale.ROOT, "%,d of %s", done, Counted.of(all, "batch"))
                        + ProgressLine.rate(perSecond, ", %.1f a second"),
                ((epochs - epoch) * all + all - done) / perSecond,
                ""));
    }

    @Override
    public void epoch(EpochRow row, int epochs, List<EpochRow> history) {
        talk.line(String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  accuracy %.4f  val_loss %.4f  val_accuracy %.4f  val_macro_f1 %.4f",
                row.epoch(),
                epochs,
                row.loss(),
                row.accuracy(),
                row.valLoss(),
                row.valAccuracy(),
                row.valMacroF1()));
        keep(history);
    }

    @Override
    public synchronized void fitted(int done, int all) {
        talk.show(ProgressLine.counted("cross-validation", "fit", done, all, fitRate.of(done), ""));
    }

    @Override
    public void solved(EpochRow row, LinearHeadSearch.Found found) {
        talk.line(String.format(
                Locale.ROOT,
                "linear head  C %s%s  loss %.4f  accuracy %.4f  val_loss %.4f  val_accuracy %.4f  val_macro_f1 %.4f",
                PenaltyCurve.typed(found.penalty()),
                found.validated()
                        .map(tried -> String.format(
                                Locale.ROOT,
                                "  cv_accuracy %.4f (%.4f to %.4f)",
                                tried.accuracy(),
                                tried.interval().low(),
                                tried.interval().high()))
                        .orElse(""),
                row.loss(),
                row.accuracy(),
                row.valLoss(),
                row.valAccuracy(),
                row.valMacroF1()));
    }

    /** Writes what is to be in the history in the end: the epochs, or the penalties that were tried. */
    void keep(TrainingOutcome outcome) {
        outcome.solved().ifPresentOrElse(found -> keep(PenaltyCurve.of(found).csv()), () -> keep(outcome.history()));
    }

    /** Writes the whole history, so that the file is whole and right whenever the process dies. */
    private void keep(List<EpochRow> history) {
        keep(format.csv(history));
    }

    private void keep(String csv) {
        try (ReportSink sink = ReportSink.open(Optional.of(historyFile), OutputStream.nullOutputStream())) {
            sink.write(csv.getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
    }
}
