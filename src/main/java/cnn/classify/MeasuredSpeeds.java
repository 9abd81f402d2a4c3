package cnn.classify;

import cnn.files.ExclusiveFile;
import cnn.files.PartFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast networks were on this machine: a line of a file for each figure, the newest in place of an older one. A line that
 * cannot be understood counts as none; so do those of another machine that shares the home.
 */
public final class MeasuredSpeeds {
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    /** Images that are classified at a time unless asked for otherwise. */
    private static final int USUAL_BATCH = 8;

    private final Path file;
    private final List<Speed> known;

    /**
     * The forward pass of a network.
     *
     * @param input height and width of its images, e.g. {@code 224x224}
     */
    public record Speed(
            String model,
            String input,
            String engine,
            String precision,
            int threads,
            int batchSize,
            double imagesPerSecond) {

        private String key() {
            return String.join(
                    "\t", host(), model, input, engine, precision, String.valueOf(threads), String.valueOf(batchSize));
        }

        private String line() {
            return key() + "\t" + String.format(Locale.ROOT, "%.3f", imagesPerSecond);
        }

        private static Optional<Speed> parse(String line) {
            String[] words = line.split("\t", -1);
            boolean understood = words.length == 8
                    && words[0].equals(host())
                    && words[5].matches("\\d{1,6}")
                    && words[6].matches("\\d{1,6}")
                    && words[7].matches("\\d{1,12}\\.\\d{3}");
            return understood
                    ? Optional.of(new Speed(
                            words[1],
                            words[2],
                            words[3],
                            words[4],
                            Integer.parseInt(words[5]),
                            Integer.parseInt(words[6]),
                            Double.parseDouble(words[7])))
                    : Optional.empty();
        }
    }

    private MeasuredSpeeds(Path file) {
        this.file = file;
        this.known =
                lines().stream().flatMap(line -> Speed.parse(line).stream()).toList();
    }

    /** What is known under that home; nothing if the file cannot be read. */
    public static MeasuredSpeeds in(Path home) {
        return new MeasuredSpeeds(home.resolve(".cnn").resolve("speeds.tsv"));
    }

    /**
     * Of a network in float32 by oneDNN, on images of that size: at the batch size of classifying if that was measured, else
     * the highest; with the number of threads measured last.
     */
    public Optional<Speed> of(String model, String input) {
        List<Speed> fitting = known.stream()
                .filter(speed -> speed.model.equals(model) && speed.input.equals(input))
                .filter(speed -> speed.engine.equals("onednn") && speed.precision.equals("fp32"))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        int threads = fitting.get(fitting.size() - 1).threads;
        return fitting.stream()
                .filter(speed -> speed.threads == threads)
                .max(Comparator.comparing((Speed speed) -> speed.batchSize == USUAL_BATCH)
                        .thenComparing(Speed::imagesPerSecond));
    }

    /** Notes what was measured, behind what is there. */
    public void add(List<Speed> measured) throws IOException {
        Files.createDirectories(file.getParent());
        try (ExclusiveFile held = ExclusiveFile.acquire(file.resolveSibling(".speeds.lock"), () -> {})) {
            List<String> kept = new ArrayList<>(lines());
            for (Speed speed : measured) {
                if (speed.model.chars().anyMatch(Character::isISOControl)) {
                    continue; // the name of a file, which nobody looks for here
                }
                kept.removeIf(line -> line.startsWith(speed.key() + "\t"));
                kept.add(speed.line());
            }
            try (PartFile part = PartFile.beside(file)) {
                part.write((String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8));
                part.moveTo(file);
            }
        }
    }

    private List<String> lines() {
        return text(file).lines().filter(line -> !line.isEmpty()).toList();
    }

    private static String host() {
        return text(HOST).strip();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it is not there, or nobody may look
        }
    }
}
