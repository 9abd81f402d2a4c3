package cnn.cli;

import cnn.report.Format;
import java.io.OutputStream;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The format of a result that is printed at once. */
final class TableOptions {

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or csv. Default: ${DEFAULT-VALUE}.")
    private Format format;

    void print(OutputStream out, Function<Format, String> result) {
        Lines.printText(out, result.apply(format));
    }
}
