package cnn.cli;

import cnn.UserError;
import cnn.model.CalibrationFiles;
import cnn.program.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the ranges of int8 are. */
final class RangesOptions {

    @Option(
            names = "--ranges",
            paramLabel = "FILE",
            description =
                    "The ranges for --precision int8, as `cnn quantize -o FILE` wrote them. Default: those that the "
                            + "model file holds, else those in ~/.cnn/int8.")
    private Path ranges;

    /** Where to look, if the arithmetic needs ranges. */
    Optional<CalibrationFiles> files(Precision precision) {
        if (precision != Precision.INT8) {
            if (ranges != null) {
                throw UserError.usage("--ranges goes with --precision int8");
            }
            return Optional.empty();
        }
        return Optional.of(CalibrationFiles.inHome(Optional.ofNullable(ranges)));
    }

    /** This option as words of a command line. */
    List<String> words() {
        return ranges == null ? List.of() : List.of("--ranges", ranges.toString());
    }
}
