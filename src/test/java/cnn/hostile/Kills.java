package cnn.hostile;

import cnn.cli.TrainingPictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes that are killed or interrupted at random moments and go on: they end in the bytes of one that never was. */
final class Kills {
    private static final int SECONDS = 120;

    private final Path folder;
    private final Random random;
    private final int kills;
    private final Tally same = new Tally("kills", "killed, interrupted, resumed: the same bytes, nothing left behind");

    private Kills(Scope scope) throws IOException {
        folder = scope.folder("kills");
        random = new Random(scope.seed());
        kills = scope.of(6, 40);
        TrainingPictures.in(folder.resolve("data"), 150);
    }

    static List<Tally> run(Scope scope) {
        try {
            Kills all = new Kills(scope);
            all.goesOn(
                    "features.npy",
                    List.of("--verify-content"),
                    "extract-features",
                    "-m",
                    "mobilenet-0.25",
                    "--weights",
                    "none",
                    "--input-size",
                    "64",
                    "data");
            all.goesOn(
                    "m.zip",
                    List.of("--resume"),
                    "train",
                    "data",
                    "-m",
                    "lenet5",
                    "--weights",
                    "none",
                    "--epochs",
                    "30",
                    "--checkpoint-every",
                    "1");
            all.goesOn("rows.jsonl", List.of("--resume"), "classify", "-m", "cifar10", "--batch-size", "1", "data");
            return List.of(all.same);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param again options with which the command goes on where it was */
    private void goesOn(String output, List<String> again, String... words) throws IOException, InterruptedException {
        Path whole = folder.resolve("whole-" + output);
        Run undisturbed =
                Run.tool(folder, List.of(), SECONDS, command(words, whole, List.of("--cache-dir", "cache-whole")));
        if (undisturbed.exitCode() != 0) {
            same.breaks(words[0] + " undisturbed: exit " + undisturbed.exitCode() + ": "
                    + Verdict.telling(undisturbed.err()));
            return;
        }
        int left = kills;
        for (int generation = 0; left > 0; generation++) {
            Path file = folder.resolve(generation + "-" + output);
            List<String> options = new ArrayList<>(List.of("--cache-dir", "cache-" + generation));
            options.addAll(again);
            String[] command = command(words, file, options);
            while (left > 0 && disturbed(command, undisturbed.seconds())) {
                left--;
            }
            Run last = Run.tool(folder, List.of(), SECONDS, command);
            String told = "%s, generation %d: exit %d: %s"
                    .formatted(words[0], generation, last.exitCode(), Verdict.telling(last.err()));
            same.check(
                    last.exitCode() == 0
                            && Files.exists(file)
                            && Arrays.equals(Files.readAllBytes(file), Files.readAllBytes(whole)),
                    told);
        }
        same.check(parts().isEmpty(), words[0] + " left " + parts());
    }

    /** Half of them are told to stop, as Ctrl-C does, half are killed; tells whether it came to that. */
    private boolean disturbed(String[] command, double usualSeconds) throws IOException, InterruptedException {
        // A campaign in the background has inherited that Ctrl-C is ignored.
        List<String> heeding = new ArrayList<>(List.of("env", "--default-signal=INT"));
        heeding.addAll(Jvm.tool(folder.resolve("home"), List.of(), List.of(command)));
        Process process = new ProcessBuilder(heeding)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor((long) (random.nextDouble() * usualSeconds * 1100) + 1, TimeUnit.MILLISECONDS)) {
            return false;
        }
        if (random.nextBoolean()) {
            process.destroyForcibly();
        } else {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
        return process.waitFor(SECONDS, TimeUnit.SECONDS);
    }

    /** The cache's options are for those that have one. */
    private static String[] command(String[] words, Path output, List<String> options) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("-o", output.toString()));
        command.addAll(words[0].equals("classify") ? options.subList(2, options.size()) : options);
        return command.toArray(String[]::new);
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".part") || file.toString().contains("checkpoint"))
                    .toList();
        }
    }
}
