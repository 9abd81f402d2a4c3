package cnn.cli;

import cnn.files.FileNames;
import cnn.report.OneLine;
import cnn.report.ReportSink;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Results that are short enough to be printed at once. */
final class Lines {

    private Lines() {}

    static void print(OutputStream out, String line) {
        printText(out, line + "\n");
    }

    /** Prints a path for people: what must not be shown as escapes. */
    static void print(OutputStream out, Path path) {
        print(out, OneLine.of(FileNames.of(path)));
    }

    /** Prints lines that end with a newline each. */
    static void printText(OutputStream out, String lines) {
        try (ReportSink sink = ReportSink.open(Optional.empty(), out)) {
            sink.write(lines.getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
    }
}
