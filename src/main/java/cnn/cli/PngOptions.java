package cnn.cli;

import cnn.UserError;
import cnn.report.ReportSink;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a picture goes. */
final class PngOptions implements Writing {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.png",
            required = true,
            description = "The picture to write.")
    private Path output;

    @Override
    public List<Path> outputs() {
        return List.of(output);
    }

    /**
     * The file, opened before the work is done.
     *
     * @throws UserError if its name is not that of a PNG, or it cannot be written
     */
    ReportSink open(OutputStream standardOutput) {
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw UserError.usage("-o " + output + ": the picture is a PNG; give it a name that ends in .png");
        }
        return ReportSink.open(Optional.of(output), standardOutput);
    }
}
