package cnn.hostile;

import cnn.cli.TrainingPictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Outputs that are inputs, by whatever name: refused with exit 2, and nothing is touched. */
final class Outputs {
    private static final int SECONDS = 60;
    private static final List<String> WAYS =
            List.of("the same path", "a relative path", "a symbolic link", "a hard link", "a way round");

    private final Path folder;
    private final Tally refused = new Tally("outputs", "an output that is an input: exit 2, all inputs as they were");
    private final Tally kept =
            new Tally("outputs", "a model is not replaced without --overwrite; /dev/stdout, /dev/null work");

    private Outputs(Path folder) throws IOException {
        this.folder = folder;
        TrainingPictures.in(folder.resolve("data"), 12);
        Files.copy(folder.resolve("data/left/0.png"), folder.resolve("a.png"));
    }

    static List<Tally> run(Scope scope) {
        try {
            Outputs outputs = new Outputs(scope.folder("outputs"));
            outputs.models();
            outputs.inputs();
            outputs.replaced();
            return List.of(outputs.refused, outputs.kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void models() {
        tool("train", "data", "-m", "lenet5", "--weights", "none", "--epochs", "1", "-o", "m.zip");
        tool("export", "m.zip", "--to", "h5", "-o", "m.h5");
    }

    private void inputs() {
        refuses("a.png", "classify", "-m", "cifar10", "-f", "csv", "a.png", "-o");
        refuses("a.png", "explain", "-m", "cifar10", "a.png", "-o");
        refuses("a.png", "augment", "a.png", "--augment", "flip", "-o");
        refuses("a.png", "visualize", "-m", "cifar10", "--activations", "conv2d", "a.png", "-o");
        refuses("m.zip", "classify", "-m", "m.zip", "-f", "csv", "a.png", "-o");
        refuses("m.zip", "explain", "-m", "m.zip", "a.png", "-o");
        refuses("m.zip", "export", "m.zip", "--to", "h5", "-o");
        refuses("m.h5", "export", "m.h5", "--to", "h5", "-o");
        refuses("m.h5", "classify", "--weights", "m.h5", "-f", "csv", "a.png", "-o");
        refuses(
                "m.zip",
                "finetune",
                "data",
                "--from",
                "m.zip",
                "--unfreeze",
                "2",
                "--finetune-epochs",
                "1",
                "--overwrite",
                "-o");
        refuses(
                "data/left/3.png",
                "train",
                "data",
                "-m",
                "lenet5",
                "--weights",
                "none",
                "--epochs",
                "1",
                "--overwrite",
                "-o");
        refuses("data/left/3.png", "classify", "-m", "cifar10", "-f", "csv", "data", "-o");
        refuses("data/left/3.png", "extract-features", "-m", "m.zip", "--layer", "flatten", "--no-cache", "data", "-o");
        refuses("data/left", "evaluate", "-m", "m.zip", "data", "--report");
        refuses("data", "evaluate", "-m", "m.zip", "data", "--report");
    }

    /** In every way in which {@code input} can be named. */
    private void refuses(String input, String... words) {
        boolean isFolder = Files.isDirectory(folder.resolve(input));
        for (String way : WAYS) {
            if (isFolder && way.equals("a hard link")) {
                continue;
            }
            Path link =
                    folder.resolve("link" + input.replaceAll(".*/|^[^.]*$", "").replaceAll("^[^.]*", ""));
            try {
                String output =
                        switch (way) {
                            case "the same path" -> folder.resolve(input).toString();
                            case "a relative path" -> input;
                            case "a symbolic link" ->
                                Files.createSymbolicLink(link, folder.resolve(input))
                                        .toString();
                            case "a hard link" ->
                                Files.createLink(link, folder.resolve(input)).toString();
                            default -> "data/right/../../" + input;
                        };
                Map<String, String> before = contents();
                List<String> command = new ArrayList<>(List.of(words));
                command.add(output);
                Run run = tool(command.toArray(String[]::new));
                Map<String, String> after = contents();
                boolean touched = !before.equals(after);
                refused.check(
                        run.exitCode() == 2
                                && !touched
                                && Verdict.of(2, "", run.err(), Set.of(2)).isEmpty(),
                        "%s (%s): exit %d%s: %s"
                                .formatted(
                                        String.join(" ", command).replace(folder.toString(), "."),
                                        way,
                                        run.exitCode(),
                                        touched ? ", changed " + changed(before, after) : "",
                                        Verdict.telling(run.err())));
                Files.deleteIfExists(link);
                if (touched) {
                    restore(before, after);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void replaced() {
        Map<String, String> before = contents();
        for (String[] words : new String[][] {
            {"train", "data", "-m", "lenet5", "--weights", "none", "--epochs", "1", "-o", "m.zip"},
            {"finetune", "data", "--from", "m.zip", "--unfreeze", "2", "--finetune-epochs", "1", "-o", "m.h5"},
            {"export", "m.zip", "--to", "h5", "-o", "m.h5"}
        }) {
            Run run = tool(words);
            kept.check(
                    run.exitCode() == 2
                            && run.err().contains("overwrite")
                            && contents().equals(before),
                    "%s: exit %d: %s".formatted(String.join(" ", words), run.exitCode(), Verdict.telling(run.err())));
        }
        for (String output : List.of("/dev/stdout", "/dev/null")) {
            Run run = tool("classify", "-m", "cifar10", "-f", "csv", "a.png", "-o", output);
            kept.check(
                    run.exitCode() == 0,
                    "-o %s: exit %d: %s".formatted(output, run.exitCode(), Verdict.telling(run.err())));
        }
    }

    private Run tool(String... words) {
        return Run.tool(folder, List.of(), SECONDS, words);
    }

    /** The sha256 of each file by its path, of the home's not. */
    private Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.startsWith("home/") && !name.startsWith(".")) {
                    contents.put(name, sha256(Files.readAllBytes(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        List<String> names = new ArrayList<>(after.keySet());
        names.addAll(before.keySet());
        return names.stream()
                .distinct()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .sorted()
                .toList();
    }

    /** So that one failure is not many. */
    private void restore(Map<String, String> before, Map<String, String> after) throws IOException {
        for (String name : changed(before, after)) {
            Files.deleteIfExists(folder.resolve(name));
        }
        TrainingPictures.in(folder.resolve("data"), 12);
        Files.deleteIfExists(folder.resolve("a.png"));
        Files.copy(folder.resolve("data/left/0.png"), folder.resolve("a.png"));
        if (!Files.exists(folder.resolve("m.zip")) || !Files.exists(folder.resolve("m.h5"))) {
            Files.deleteIfExists(folder.resolve("m.zip"));
            Files.deleteIfExists(folder.resolve("m.h5"));
            models();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
