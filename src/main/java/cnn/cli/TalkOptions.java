package cnn.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
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

    /** These options as words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (quiet) {
            words.add("--quiet");
        }
        if (noProgress) {
            words.add("--no-progress");
        }
        if (verbose) {
            words.add("--verbose");
        }
        return words;
    }

    boolean verbose() {
        return verbose;
    }

    Talk open(PrintWriter err, Terminal terminal) {
        return new Talk(err, terminal, !noProgress, quiet, verbose);
    }
}
