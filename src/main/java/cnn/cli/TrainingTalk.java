package cnn.cli;

import cnn.Counted;
import cnn.report.ReportSink;
import cnn.report.TrainingHistory;
import cnn.train.EpochRow;
import cnn.train.TrainingListener;
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
    private String reading = "";
    private Rate rate = new Rate();
    private Optional<Rate> batchRate = Optional.empty();
    private long batchesLearnt;

    TrainingTalk(Talk talk, Path historyFile, TrainingHistory format) {
        this.talk = talk;
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
        if (!part.equals(reading)) {
            reading = part;
            rate = new Rate();
        }
        talk.show(ProgressLine.counted(part, "image", done, all, rate.of(done), ""));
        if (done == all) {
            talk.clear();
        }
    }

    /** The time that is left is that of all epochs. */
    @Override
    public void batch(int epoch, int epochs, long done, long all) {
        if (batchRate.isEmpty()) {
            batchRate = Optional.of(new Rate());
        } else {
            batchesLearnt++;
        }
        double perSecond = batchRate.get().of(batchesLearnt);
        talk.show(new ProgressLine(
                "epoch %d/%d".formatted(epoch, epochs),
                (double) done / all,
                String.format(Locale.ROOT, "%,d of %s, %.1f a second", done, Counted.of(all, "batch"), perSecond),
                batchesLearnt == 0 ? Double.NaN : ((epochs - epoch) * all + all - done) / perSecond,
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

    /** Writes the whole history, so that the file is whole and right whenever the process dies. */
    void keep(List<EpochRow> history) {
        try (ReportSink sink = ReportSink.open(Optional.of(historyFile), OutputStream.nullOutputStream())) {
            sink.write(format.csv(history).getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
    }
}
