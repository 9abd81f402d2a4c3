package cnn.cli;

import cnn.UserError;
import cnn.report.OneLine;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command ends that does not succeed: one line, and an exit code that says whose turn it is. */
final class Failures {
    /** A bug in the tool (sysexits.h: EX_SOFTWARE). */
    static final int BUG = 70;

    private Failures() {}

    static int badUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("cnn: " + OneLine.of(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return UserError.Kind.USAGE.exitCode();
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        return report(e, command.getErr());
    }

    /** Says what happened, whatever it was, and gives the exit code. */
    static int report(Throwable failure, PrintWriter err) {
        boolean expected = failure instanceof UserError;
        Optional<String> lacking =
                Shortage.in(failure).or(() -> expected ? Optional.empty() : Shortage.ofHandles(failure));
        if (lacking.isPresent()) {
            err.println("cnn: " + OneLine.of(lacking.get()));
            return UserError.Kind.WEIGHTS.exitCode();
        }
        if (failure instanceof UserError error) {
            err.println("cnn: " + OneLine.of(error.getMessage()));
            return error.kind().exitCode();
        }
        Optional<String> full = Shortage.ofDisk(failure);
        if (full.isPresent()) {
            err.println("cnn: " + OneLine.of(full.get()));
            return UserError.Kind.DATA.exitCode();
        }
        err.println("cnn: a bug in the tool; please report it with these lines:");
        failure.printStackTrace(err);
        return BUG;
    }
}
