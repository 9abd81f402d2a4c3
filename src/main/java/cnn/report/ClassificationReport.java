package cnn.report;

import cnn.transfer.Classification;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes answers to a sink as they come, and counts those that are failures. */
public final class ClassificationReport {
    private final ClassificationWriter writer;
    private final ReportSink sink;
    private long answers;
    private long failures;

    /**
     * @param model the network's name, as rows name it
     */
    public ClassificationReport(Format format, String model, ReportSink sink) {
        this.writer = format.classifications(model);
        this.sink = sink;
        put(writer.begin());
    }

    /** Writes the answers of one batch and hands them on to whoever reads. */
    public void write(List<Classification> batch) {
        for (Classification answer : batch) {
            put(writer.row(answer));
            answers++;
            failures += answer.failure().isPresent() ? 1 : 0;
        }
        sink.flush();
    }

    /** Completes the report. */
    public void end() {
        put(writer.end());
        sink.commit();
    }

    public long answers() {
        return answers;
    }

    public long failures() {
        return failures;
    }

    private void put(String text) {
        sink.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
