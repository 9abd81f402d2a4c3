package cnn.hostile;

import cnn.cli.TrainingPictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A machine that lacks something: room, handles, a home, somebody who listens. One line says so; nothing is half-made. */
final class Faults {
    private static final int SECONDS = 90;

    private final Path folder;
    private final Tally ends = new Tally("faults", "no room, handles, home or reader: work, or one line and 3 or 4");

    /** A command with the exit codes that are right when all is well. */
    private static final Map<String, List<String>> COMMANDS = new TreeMap<>(Map.of(
            "classify", List.of("classify", "-m", "cifar10", "-f", "jsonl", "data"),
            "summary", List.of("summary", "-m", "cifar10"),
            "extract-features",
                    List.of(
                            "extract-features",
                            "-m",
                            "mobilenet-0.25",
                            "--weights",
                            "none",
                            "--input-size",
                            "32",
                            "data",
                            "-o",
                            "f.csv"),
            "train", List.of("train", "data", "-m", "lenet5", "--weights", "none", "--epochs", "1", "-o", "m.zip"),
            "explain", List.of("explain", "-m", "cifar10", "data/left/0.png", "-o", "why.png"),
            "models list", List.of("models", "list")));

    private Faults(Path folder) throws IOException {
        this.folder = folder;
        TrainingPictures.in(folder.resolve("data"), 12);
    }

    static List<Tally> run(Scope scope) {
        try {
            Faults faults = new Faults(scope.folder("faults"));
            COMMANDS.forEach(faults::circumstances);
            faults.optionFiles();
            faults.disks();
            return List.of(faults.ends);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void circumstances(String name, List<String> words) {
        check(name + ", a home that cannot be made", Set.of(0), "exec \"$@\"", home("/proc/nowhere"), words);
        check(name + ", no home at all", Set.of(0), "unset HOME; exec \"$@\"", home("?"), words);
        check(name + ", 64 files", Set.of(0, 4), "ulimit -n 64; exec \"$@\"", List.of(), words);
        check(name + ", 24 files", Set.of(0, 4), "ulimit -n 24; exec \"$@\"", List.of(), words);
        check(name + ", standard output closed", Set.of(0, 3), "exec \"$@\" >&-", List.of(), words);
        check(name + ", standard error closed", Set.of(0), "exec \"$@\" 2>&-", List.of(), words);
        check(name + ", standard input closed", Set.of(0), "exec \"$@\" <&-", List.of(), words);
        check(name + ", | head -n 1", Set.of(0), "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", List.of(), words);
        check(name + ", | true", Set.of(0), "\"$@\" | true; exit ${PIPESTATUS[0]}", List.of(), words);
        check(
                name + ", no folder for temporary files",
                Set.of(0, 4),
                "exec \"$@\"",
                List.of("-Djava.io.tmpdir=/proc/nowhere"),
                words);
        check(name + ", LC_ALL=C", Set.of(0), "LC_ALL=C exec \"$@\"", List.of(), words);
        boolean prints = !List.of("extract-features", "explain").contains(name);
        check(
                name + ", standard output full",
                prints ? Set.of(3) : Set.of(0, 3),
                "exec \"$@\" >/dev/full",
                List.of(),
                words);
        if (words.contains("-o")) {
            for (String output : List.of("/dev/full", "/proc/nowhere/x.csv", "data", "missing/folder/x.png", "")) {
                List<String> elsewhere = new ArrayList<>(words.subList(0, words.size() - 1));
                elsewhere.add(output);
                check(name + ", -o '" + output + "'", Set.of(2, 3), "exec \"$@\"", List.of(), elsewhere);
            }
        }
    }

    private void optionFiles() throws IOException {
        Files.writeString(folder.resolve("self.args"), "@self.args\n");
        Files.write(folder.resolve("binary.args"), Mutation.of(Pictures.encoded("png", 30, 30), new Random(1)));
        for (String file :
                List.of("@/tmp", "@missing.args", "@self.args", "@binary.args", "@/dev/null", "@/proc/self/mem")) {
            check("option file " + file, Set.of(2), "exec \"$@\"", List.of(), List.of("classify", file));
        }
    }

    /** Small disks of their own, where the system lets us have them. */
    private void disks() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Run mounted = Run.of(
                List.of("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk.toString()),
                folder,
                Map.of(),
                SECONDS);
        if (mounted.exitCode() != 0) {
            ends.skips("a full disk and a read-only home (mounting needs root)");
            return;
        }
        try {
            Set<Integer> full = Set.of(3);
            check(
                    "train, a full disk",
                    full,
                    "exec \"$@\"",
                    List.of(),
                    List.of(
                            "train",
                            "data",
                            "-m",
                            "vgg-cifar",
                            "--weights",
                            "none",
                            "--epochs",
                            "1",
                            "-o",
                            "disk/m.zip"));
            check(
                    "export, a full disk",
                    full,
                    "exec \"$@\"",
                    List.of(),
                    List.of("export", "cifar10", "--to", "h5", "-o", "disk/m.h5"));
            check(
                    "extract-features, a full disk",
                    full,
                    "exec \"$@\"",
                    List.of(),
                    List.of(
                            "extract-features",
                            "-m",
                            "mobilenet-0.25",
                            "--weights",
                            "none",
                            "--input-size",
                            "160",
                            "--pooling",
                            "none",
                            "--no-cache",
                            "data",
                            "-o",
                            "disk/f.csv"));
            left(disk);
            for (String command : List.of("classify", "summary", "train")) {
                check(
                        command + ", a home of 600 KB",
                        Set.of(0, 4),
                        "exec \"$@\"",
                        home(disk.toString()),
                        COMMANDS.get(command));
                check(
                        command + ", a home that is full",
                        Set.of(0, 4),
                        "cat /dev/zero >disk/x 2>/dev/null; exec \"$@\"",
                        home(disk.toString()),
                        COMMANDS.get(command));
            }
            check("mount", Set.of(0), "exec mount -o remount,ro disk", List.of(), List.of());
            for (String command : List.of("classify", "summary", "train", "explain")) {
                check(
                        command + ", a read-only home",
                        Set.of(0),
                        "exec \"$@\"",
                        home(disk.toString()),
                        COMMANDS.get(command));
            }
        } finally {
            Run.of(List.of("umount", "-l", disk.toString()), folder, Map.of(), SECONDS);
        }
    }

    /** But for the epochs of a training whose model had no room: they are written before it, and whole. */
    private void left(Path disk) throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            List<Path> left = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("m.zip.history.csv"))
                    .toList();
            ends.check(left.isEmpty(), "left on the full disk: " + left);
        }
    }

    private static List<String> home(String home) {
        return List.of("-Duser.home=" + home);
    }

    private void check(String name, Set<Integer> allowed, String script, List<String> options, List<String> words) {
        Run run = Run.script(folder, script, options, SECONDS, words.toArray(String[]::new));
        ends.took(run.seconds(), 0, name);
        String wrong = allowed.contains(run.exitCode()) && script.contains("2>&-")
                ? ""
                : Verdict.of(run.exitCode(), "", run.err(), allowed).orElse("");
        ends.check(wrong.isEmpty(), name + ": " + wrong);
        for (String left : List.of("f.csv", "m.zip", "why.png", "m.zip.history.csv", "m.zip.png")) {
            folder.resolve(left).toFile().delete();
        }
        String[] reports = folder.toFile().list((where, file) -> file.startsWith("hs_err") || file.startsWith("core"));
        ends.check(reports.length == 0, name + ": left " + String.join(", ", reports));
        for (String report : reports) {
            folder.resolve(report).toFile().delete();
        }
    }
}
