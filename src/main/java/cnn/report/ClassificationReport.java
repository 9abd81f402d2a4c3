package cnn.report;

import cnn.Counted;
import cnn.IoReason;
import cnn.UserError;
import cnn.classify.Classification;
import cnn.data.ImageInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes answers as they come, and counts those that are failures.
 *
 * <p>Rows for a plain file are kept when the run is cut off, see {@link UnfinishedRows}; another run with the same settings
 * and inputs goes on behind them and ends in the same bytes.
 */
public final class ClassificationReport implements AutoCloseable {
    private final RowFormat format;
    private final boolean resume;
    private final ReportSink sink;
    private final Optional<UnfinishedRows> unfinished;
    private RowCount count = new RowCount();
    private Optional<AnswerBytes> writer = Optional.empty();
    private volatile long kept;
    private volatile boolean settled;

    private ClassificationReport(RowFormat format, ReportSink sink, boolean resume) {
        this.format = format;
        this.resume = resume;
        this.sink = sink;
        this.unfinished = sink.lasting().map(UnfinishedRows::new);
    }

    /**
     * Opens a report.
     *
     * @param file absent for standard output
     * @param resume whether to go on from what a run that was cut off left; only with a format that is text
     * @throws UserError if the file cannot be written, or something lies in the way that is not of this tool
     */
    public static ClassificationReport open(
            RowFormat format, Optional<Path> file, OutputStream standardOutput, boolean resume) {
        ReportSink sink = format.text().isPresent()
                ? ReportSink.openLasting(file, standardOutput)
                : ReportSink.open(file, standardOutput);
        ClassificationReport report = new ClassificationReport(format, sink, resume);
        try {
            report.lasting(UnfinishedRows::refuseStrangers);
            return report;
        } catch (UserError e) {
            sink.close();
            throw e;
        }
    }

    /** All files that rows are written to when {@code file} is asked for. */
    public static List<Path> files(Path file) {
        Path part = ReportSink.part(file);
        return List.of(file, part, UnfinishedRows.journal(part));
    }

    /**
     * Begins to write, or to go on.
     *
     * @param columns what rows say besides the predictions
     * @param settings whatever decides what the rows are, by name
     * @param inputs of the whole run; those that have been answered are taken from it
     * @param notes hears of what another run left
     * @throws UserError if that is of other settings or inputs
     */
    public void begin(
            AnswersOf answersOf,
            AnswerColumns columns,
            Map<String, String> settings,
            Iterator<ImageInput> inputs,
            Consumer<String> notes) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("format", format.id());
        all.put(
                "threshold",
                columns.threshold().isPresent()
                        ? String.valueOf(columns.threshold().getAsDouble())
                        : "none");
        lasting(rows -> count = rows.begin(all, inputs, resume, notes));
        kept = answers();
        writer = Optional.of(format.answers(answersOf, columns));
        if (kept == 0) {
            put(writer.get().begin());
        }
    }

    /** Writes the answers of one batch and hands them on to whoever reads; {@link #begin} comes first. */
    public void write(List<Classification> batch) {
        for (Classification answer : batch) {
            put(writer.orElseThrow().row(answer, answers() == 0));
            count.addInput(answer.input(), answer.failure().isPresent());
        }
        sink.flush();
        lasting(rows -> rows.add(count.answered()));
        kept = answers();
    }

    /** Completes the report. */
    public void end() {
        put(writer.orElseThrow().end());
        sink.commit();
        settled = true;
        lasting(UnfinishedRows::finish);
    }

    public long answers() {
        return count.answered().inputs();
    }

    public long failures() {
        return count.answered().failed();
    }

    /** Whether nobody reads the rows any more. */
    public boolean isAbandoned() {
        return sink.isAbandoned();
    }

    /** Where to go on if the run ends here, in words for the user; if nowhere, nothing is left of it. For any thread. */
    public Optional<String> cutOff() {
        if (settled || kept == 0) {
            discard();
            return Optional.empty();
        }
        return unfinished.map(rows -> "%s have their rows in %s; the same command with --resume goes on from there"
                .formatted(Counted.of(kept, "image"), rows.part().file()));
    }

    /** Leaves nothing of the run, unless it goes on with another one. */
    public void discard() {
        if (!settled && (!resume || kept == 0)) {
            lasting(rows -> {
                if (writer.isPresent() || rows.isEmpty()) {
                    rows.delete();
                }
            });
            settled = true;
        }
    }

    @Override
    public void close() {
        if (kept == 0) {
            discard();
        }
        sink.close();
    }

    private interface Step {
        void with(UnfinishedRows rows) throws IOException;
    }

    private void lasting(Step step) {
        if (unfinished.isPresent()) {
            try {
                step.with(unfinished.get());
            } catch (IOException e) {
                throw UserError.data(
                        "cannot write %s: %s".formatted(unfinished.get().part().file(), IoReason.of(e)), e);
            }
        }
    }

    private void put(byte[] bytes) {
        count.addBytes(bytes);
        sink.write(bytes);
    }
}
