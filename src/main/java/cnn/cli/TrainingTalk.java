package cnn.cli;

import cnn.report.ReportSink;
import cnn.report.TrainingHistory;
import cnn.transfer.EpochRow;
import cnn.transfer.TrainingListener;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells of a training on standard error, and keeps its history in a file. */
record TrainingTalk(Talk talk, Path historyFile, TrainingHistory format) implements TrainingListener {

    @Override
    public void note(String line) {
        talk.note(line);
    }

    @Override
    public void read(String part, long done, long all) {
        talk.show(String.format(Locale.ROOT, "%s: %,d of %,d images", part, done, all));
        if (done == all) {
            talk.clear();
        }
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
