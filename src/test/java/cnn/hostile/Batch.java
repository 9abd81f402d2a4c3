package cnn.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the cases of a corpus in child JVMs, many in each. A child that takes too long or too much is ended, and the next
 * one goes on behind the case it was at. A case that took too much is tried once more in a JVM of its own: what it does
 * there counts.
 */
final class Batch {
    private static final int CASES_PER_JVM = 250;
    private static final long LOOK_MILLISECONDS = 50;
    private static final long START_SECONDS = 60;

    private final Corpus corpus;
    private final long seed;
    private final Path folder;
    private final Limits limits;

    /**
     * What one case may take.
     *
     * @param seconds from the command's start to its end
     * @param megabytes of memory held by the process
     */
    record Limits(int seconds, long megabytes) {}

    /**
     * How one case ended.
     *
     * @param tooMuch time or memory, which others before it may be to blame for
     * @param wrong empty if nothing was
     */
    private record End(int index, String name, double seconds, long megabytes, boolean tooMuch, String wrong) {}

    Batch(Corpus corpus, long seed, Path folder, Limits limits) {
        this.corpus = corpus;
        this.seed = seed;
        this.folder = folder;
        this.limits = limits;
    }

    /** Cases {@code first} to {@code end}, exclusive; adds what happened to the tally. */
    void run(int first, int end, Tally tally) {
        int next = first;
        while (next < end) {
            List<End> ended = child(next, Math.min(end, next + CASES_PER_JVM));
            for (End one : ended) {
                next = one.index() + 1;
                count(one.tooMuch() ? alone(one.index()) : one, tally);
            }
        }
    }

    private void count(End one, Tally tally) {
        tally.took(one.seconds(), one.megabytes(), one.name());
        if (one.wrong().isEmpty()) {
            tally.holds();
        } else {
            tally.breaks("%s %d (seed %d), %s: %s".formatted(corpus, one.index(), seed, one.name(), one.wrong()));
        }
    }

    private End alone(int index) {
        return child(index, index + 1).get(0);
    }

    /** The cases up to the end, or up to the first that does not come back. */
    private List<End> child(int first, int end) {
        List<String> command = Jvm.command(
                folder.resolve("home"),
                List.of("-XX:ErrorFile=" + folder.resolve("hs_err.log")),
                Worker.class.getName(),
                List.of(
                        corpus.name(),
                        Long.toString(seed),
                        Integer.toString(first),
                        Integer.toString(end),
                        folder.toString()));
        try {
            Path said = folder.resolve("worker.out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(said.toFile())
                    .redirectError(folder.resolve("worker.err").toFile());
            builder.environment().put("GOMP_SPINCOUNT", "1000");
            builder.environment().put("LC_ALL", "C.UTF-8");
            return watched(builder.start(), said, first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<End> watched(Process child, Path said, int first) throws IOException {
        List<End> ended = new ArrayList<>();
        int index = first;
        String name = "its making";
        boolean running = false;
        Clock clock = Clock.start(child.toHandle());
        try (BufferedReader lines = Files.newBufferedReader(said, StandardCharsets.UTF_8)) {
            while (true) {
                boolean alive = child.isAlive();
                String line = lines.readLine();
                if (line != null && line.startsWith("begin\t")) {
                    String[] words = line.split("\t", -1);
                    index = Integer.parseInt(words[1]);
                    name = words[2];
                    running = true;
                    clock = Clock.start(child.toHandle());
                } else if (line != null && line.startsWith("end\t")) {
                    ended.add(end(line, name));
                    index++;
                    running = false;
                    clock = Clock.start(child.toHandle());
                } else if (line == null && !alive) {
                    if (child.exitValue() != 0) {
                        ended.add(blamed(index, name, clock, 0, "ended its JVM with exit " + child.exitValue()));
                    }
                    return ended;
                } else if (line == null) {
                    String wrong = tooMuch(child, running, clock);
                    if (!wrong.isEmpty()) {
                        long held = ProcessMemory.peak(child);
                        child.destroyForcibly();
                        ended.add(blamed(index, name, clock, held, wrong));
                        return ended;
                    }
                    child.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            child.destroyForcibly();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String tooMuch(Process child, boolean running, Clock clock) {
        double seconds = clock.seconds();
        if (seconds > (running ? limits.seconds() : START_SECONDS)) {
            return "took more than %d s".formatted(running ? limits.seconds() : START_SECONDS);
        }
        // What an earlier case left behind may be in it: the measure is taken at the end, or alone.
        return ProcessMemory.now(child) > 3 * limits.megabytes()
                ? "took more than %,d MB".formatted(3 * limits.megabytes())
                : "";
    }

    private End end(String line, String name) {
        String[] words = line.split("\t", -1);
        double seconds = Long.parseLong(words[2]) / 1e3;
        long megabytes = Long.parseLong(words[3]) / 1024;
        String wrong = words[4];
        boolean tooMuch = megabytes > limits.megabytes() || seconds > limits.seconds();
        if (tooMuch && wrong.isEmpty()) {
            wrong = "took %,d MB and %.1f s".formatted(megabytes, seconds);
        }
        return new End(Integer.parseInt(words[1]), name, seconds, megabytes, tooMuch, wrong);
    }

    private static End blamed(int index, String name, Clock clock, long megabytes, String wrong) {
        return new End(index, name, clock.seconds(), megabytes, true, wrong);
    }
}
