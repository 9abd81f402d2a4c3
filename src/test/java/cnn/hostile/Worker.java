package cnn.hostile;

import cnn.cli.Transcript;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * A child process that makes the cases of a corpus and runs them one after the other, in process. It tells when each
 * begins, and how it ended: so its parent knows whom to blame.
 */
final class Worker {
    private static final Path CLEAR_PEAK = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long LARGE_KILOBYTES = 500_000;

    private Worker() {}

    /** Arguments: corpus, seed, first, end (exclusive), folder. */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        IntFunction<Case> cases = Corpus.valueOf(args[0]).cases(Long.parseLong(args[1]), Path.of(args[4]));
        for (int i = Integer.parseInt(args[2]); i < Integer.parseInt(args[3]); i++) {
            Case hostile = cases.apply(i);
            if (memory("VmRSS") > LARGE_KILOBYTES) {
                System.gc();
            }
            Files.writeString(CLEAR_PEAK, "5");
            out.println("begin\t" + i + "\t" + hostile.name());
            Clock clock = Clock.start(ProcessHandle.current());
            String wrong = wrong(hostile);
            long milliseconds = Math.round(1000 * clock.seconds());
            out.println("end\t" + i + "\t" + milliseconds + "\t" + memory("VmHWM") + "\t" + wrong);
            Files.deleteIfExists(hostile.file());
        }
        System.exit(0);
    }

    /** What was wrong, in one line; empty if nothing was. */
    private static String wrong(Case hostile) {
        try {
            Transcript run = Transcript.of(hostile.words().toArray(String[]::new));
            return Verdict.of(run.exitCode(), run.out(), run.err(), hostile.allowed())
                    .orElse("")
                    .replaceAll("[\\p{Cc}\\s]+", " ");
        } catch (RuntimeException | Error e) {
            return "threw " + e + " " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
        }
    }

    /** A line of the process's status, kilobytes. */
    private static long memory(String name) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
