package cnn.cli;

import cnn.report.ReportSink;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Results that are plain lines. */
final class Lines {

    private Lines() {}

    static void print(OutputStream out, String line) {
        try (ReportSink sink = ReportSink.open(Optional.empty(), out)) {
            sink.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
    }
}
