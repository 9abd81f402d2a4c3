package cnn.hostile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Files that are no files, or not such as they seem: none is waited for, none is read without end. */
final class SpecialFiles {
    private static final int SECONDS = 20;
    private static final long MEGABYTES = 1500;
    private static final long SPARSE_BYTES = 2_500_000_000L;
    private static final String MODEL = "cifar10";

    private final Path folder;
    private final Path walked;
    private final Tally named =
            new Tally("special", "named FIFO, device, socket, sparse file, link: a row; 20 s, 1.5 GB");
    private final Tally walks = new Tally("special", "folders that hold such: their regular files only");

    private SpecialFiles(Path folder) throws IOException {
        this.folder = folder;
        walked = Files.createDirectories(folder.resolve("walked/a"));
    }

    static List<Tally> run(Scope scope) {
        try {
            SpecialFiles special = new SpecialFiles(scope.folder("special"));
            try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                socket.bind(UnixDomainSocketAddress.of(special.walked.resolve("socket.jpg")));
                special.fill();
                special.named();
                special.walks();
            }
            return List.of(special.named, special.walks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        Corpus.put(walked.resolve("good.png"), Pictures.encoded("png", 40, 30));
        Corpus.put(walked.resolve("closed.png"), Pictures.encoded("png", 40, 30));
        Files.setPosixFilePermissions(walked.resolve("closed.png"), PosixFilePermissions.fromString("---------"));
        Files.createDirectory(walked.resolve("folder.jpg"));
        Files.createSymbolicLink(walked.resolve("zero.jpg"), Path.of("/dev/zero"));
        Files.createSymbolicLink(walked.resolve("terminal.jpg"), Path.of("/dev/tty"));
        Files.createSymbolicLink(walked.resolve("dangling.jpg"), Path.of("nowhere"));
        Files.createSymbolicLink(walked.resolve("itself.jpg"), Path.of("itself.jpg"));
        Files.createSymbolicLink(walked.resolve("up"), Path.of(".."));
        Run.of(List.of("mkfifo", walked.resolve("pipe.jpg").toString()), folder, Map.of(), SECONDS);
        try (RandomAccessFile sparse =
                new RandomAccessFile(walked.resolve("sparse.jpg").toFile(), "rw")) {
            sparse.setLength(SPARSE_BYTES);
        }
    }

    private void named() {
        for (String name : List.of(
                "pipe.jpg",
                "zero.jpg",
                "socket.jpg",
                "sparse.jpg",
                "dangling.jpg",
                "itself.jpg",
                "folder.jpg/nothing.jpg")) {
            row(
                    name,
                    1,
                    "\"status\":\"error\"",
                    "exec \"$@\"",
                    walked.resolve(name).toString());
        }
        row(
                "an empty folder",
                1,
                "\"status\":\"error\"",
                "exec \"$@\"",
                walked.resolve("folder.jpg").toString());
        if (Files.isReadable(walked.resolve("closed.png"))) {
            named.skips("a file without permissions (runs as root)");
        } else {
            row(
                    "closed.png",
                    1,
                    "\"status\":\"error\"",
                    "exec \"$@\"",
                    walked.resolve("closed.png").toString());
        }
        for (String device : List.of("/dev/zero", "/dev/random", "/dev/null", "/proc/self/mem", "/dev/full")) {
            row(device, 1, "\"status\":\"error\"", "exec \"$@\"", device);
        }
        String pipe = walked.resolve("pipe.jpg").toString();
        String good = walked.resolve("good.png").toString();
        row(
                "a pipe without end",
                1,
                "\"status\":\"error\"",
                "cat /dev/zero >'" + pipe + "' 2>/dev/null & feeder=$!; \"$@\"; code=$?; kill $feeder; exit $code",
                pipe);
        row(
                "a pipe that begins and waits",
                1,
                "\"status\":\"error\"",
                "{ head -c 100 '" + good + "'; exec sleep 30; } >'" + pipe
                        + "' & feeder=$!; \"$@\"; code=$?; kill $feeder; exit $code",
                pipe);
        row("a pipe with a picture", 0, "\"status\":\"ok\"", "cat '" + good + "' >'" + pipe + "' & \"$@\"", pipe);
        row("/dev/stdin with a picture", 0, "\"status\":\"ok\"", "exec \"$@\" <'" + good + "'", "/dev/stdin");
        row("/dev/stdin with a piped picture", 0, "\"status\":\"ok\"", "cat '" + good + "' | \"$@\"", "/dev/stdin");
        row("- with a picture", 0, "\"input\":\"-\",\"status\":\"ok\"", "exec \"$@\" <'" + good + "'", "-");
        row("- without end", 3, "", "exec \"$@\" </dev/zero", "-");
    }

    private void row(String name, int exitCode, String wanted, String script, String input) {
        Run run = Run.script(folder, script, List.of(), SECONDS, "classify", "-m", MODEL, "-f", "jsonl", input);
        boolean traced =
                Verdict.of(run.exitCode(), "row", run.err(), Set.of(exitCode)).isPresent();
        named.took(run.seconds(), run.peakMegabytes(), name);
        named.check(
                !traced && run.out().contains(wanted) && run.peakMegabytes() <= MEGABYTES,
                "%s: exit %d instead of %d, %.1f s, %,d MB: %s%s"
                        .formatted(
                                name,
                                run.exitCode(),
                                exitCode,
                                run.seconds(),
                                run.peakMegabytes(),
                                run.out().strip(),
                                Verdict.telling(run.err())));
    }

    private void walks() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        cnn.cli.TrainingPictures.in(data, 12);
        Run.of(
                List.of(
                        "mkfifo",
                        data.resolve("left/pipe.png").toString(),
                        data.resolve("pipe.png").toString()),
                folder,
                Map.of(),
                SECONDS);
        Files.createSymbolicLink(data.resolve("right/zero.png"), Path.of("/dev/zero"));
        Files.createSymbolicLink(data.resolve("right/again"), Path.of(".."));
        walk("classify", walked, 1, "-m", MODEL, "-f", "jsonl");
        walk(
                "extract-features",
                walked,
                1,
                "-m",
                "mobilenet-0.25",
                "--weights",
                "none",
                "--input-size",
                "32",
                "--no-cache",
                "-o",
                folder.resolve("f.csv").toString());
        walk("classify", data, 0, "-m", MODEL, "-f", "jsonl");
        walk(
                "train",
                data,
                0,
                "-m",
                "lenet5",
                "--weights",
                "none",
                "--epochs",
                "1",
                "-o",
                folder.resolve("m.zip").toString());
        walk("evaluate", data, 0, "-m", folder.resolve("m.zip").toString());
    }

    private void walk(String command, Path input, int exitCode, String... options) {
        String[] words = Stream.of(List.of(command), List.of(options), List.of(input.toString()))
                .flatMap(List::stream)
                .toArray(String[]::new);
        Run run = Run.tool(folder, List.of(), 2 * SECONDS, words);
        String name = command + " " + input.getFileName();
        walks.took(run.seconds(), run.peakMegabytes(), name);
        walks.check(
                run.exitCode() == exitCode
                        && run.peakMegabytes() <= MEGABYTES
                        && !run.out().contains("pipe.")
                        && !run.out().contains("zero."),
                "%s: exit %d instead of %d, %.1f s, %,d MB: %s"
                        .formatted(
                                name,
                                run.exitCode(),
                                exitCode,
                                run.seconds(),
                                run.peakMegabytes(),
                                Verdict.telling(run.err())));
    }
}
