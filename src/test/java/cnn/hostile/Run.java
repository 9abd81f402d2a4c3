package cnn.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process from its start to its end: what it said, how it ended, and what it took.
 *
 * @param exitCode 124 if it was stopped because it took too long
 */
record Run(int exitCode, byte[] outBytes, String err, double seconds, long peakMegabytes) {
    static final int TOO_LONG = 124;

    private static final long LOOK_MILLISECONDS = 15;

    String out() {
        return new String(outBytes, StandardCharsets.UTF_8);
    }

    boolean tookTooLong() {
        return exitCode == TOO_LONG;
    }

    /** Runs the tool in {@code folder}, with a home beside it. */
    static Run tool(Path folder, List<String> options, int seconds, String... words) {
        return of(Jvm.tool(folder.resolve("home"), options, List.of(words)), folder, Map.of(), seconds);
    }

    /** Runs the tool from a script of the shell, in which {@code "$@"} stands for it. */
    static Run script(Path folder, String script, List<String> options, int seconds, String... words) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(Jvm.tool(folder.resolve("home"), options, List.of(words)));
        return of(command, folder, Map.of(), seconds);
    }

    /** Runs a command; what it writes goes through files, so that nothing waits for this. */
    static Run of(List<String> command, Path folder, Map<String, String> environment, int seconds) {
        try {
            Path out = Files.createTempFile(folder, ".", ".out");
            Path err = Files.createTempFile(folder, ".", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("GOMP_SPINCOUNT", "1000");
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(environment);
            Run run = watched(builder.start(), out, err, seconds);
            Files.delete(out);
            Files.delete(err);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run watched(Process process, Path out, Path err, int seconds) throws IOException {
        Clock clock = Clock.start(process.toHandle());
        double took = 0;
        long peak = 0;
        boolean tooLong = false;
        try {
            while (!process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, ProcessMemory.peak(process));
                took = clock.seconds();
                if (!tooLong && took > seconds) {
                    tooLong = true;
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        String said = new String(Files.readAllBytes(err), StandardCharsets.UTF_8);
        return new Run(tooLong ? TOO_LONG : process.exitValue(), Files.readAllBytes(out), said, took, peak);
    }
}
