package cnn.cli;

import cnn.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A whole process, from the launcher on, that classifies one image.
 *
 * @param seconds from start to end, the median of several
 * @param peakMemoryBytes the most that was resident, as Linux counts it; 0 elsewhere
 */
record ColdStart(double seconds, long peakMemoryBytes) {
    private static final int POLL_MILLIS = 2;

    static ColdStart measure(int runs, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(arguments);
        try {
            List<Double> durations = new ArrayList<>();
            for (int i = 0; i <= runs; i++) {
                long start = System.nanoTime();
                Process process = start(command);
                check(process.waitFor());
                durations.add((System.nanoTime() - start) / 1e9);
            }
            durations.remove(0); // what it left in the page cache is what the others find there
            Collections.sort(durations);
            return new ColdStart(durations.get(runs / 2), peakMemoryBytes(start(command)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot start " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long peakMemoryBytes(Process process) throws IOException, InterruptedException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        long peak = 0;
        do {
            peak = Math.max(peak, highWaterBytes(status));
        } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
        check(process.exitValue());
        return peak;
    }

    private static long highWaterBytes(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // not Linux, or the process has just ended
        }
    }

    private static void check(int exitCode) {
        if (exitCode != 0) {
            throw UserError.data("a classification to be measured ended with exit code " + exitCode);
        }
    }

    private static String launcher() {
        String launcher = System.getProperty("cnn.launcher");
        if (launcher == null) {
            throw UserError.usage("cold start can only be measured when started by scripts/cnn");
        }
        return launcher;
    }
}
