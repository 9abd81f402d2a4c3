package cnn.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says of a process's memory, megabytes. */
final class ProcessMemory {
    private ProcessMemory() {}

    /** What it holds now; 0 when it has ended. */
    static long now(Process process) {
        return of(process, "VmRSS");
    }

    /** The most it ever held. */
    static long peak(Process process) {
        return of(process, "VmHWM");
    }

    private static long of(Process process, String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
