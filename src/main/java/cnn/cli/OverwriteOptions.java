package cnn.cli;

import cnn.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether a result that is dear, such as a trained model, may take the place of a file that is there. */
final class OverwriteOptions {

    @Option(names = "--overwrite", description = "Replace what is there already under these names.")
    private boolean overwrite;

    /**
     * Lets files pass that are to be written.
     *
     * @throws UserError if one of them exists and may not be replaced
     */
    void check(List<Path> outputs) {
        for (Path output : outputs) {
            if (!overwrite && Files.isRegularFile(output)) {
                throw UserError.usage(output + " exists already; --overwrite replaces it");
            }
        }
    }
}
