package cnn.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How much is said on standard error. */
final class TalkOptions {

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    @Option(names = "--no-progress", description = "No progress on a terminal.")
    private boolean noProgress;

    @Option(names = "--verbose", description = "Say what is done, and how long it took.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    Talk open(PrintWriter err, Terminal terminal) {
        return new Talk(err, terminal, !noProgress, quiet, verbose);
    }
}
