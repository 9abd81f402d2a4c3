package cnn.hostile;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Image files made to break a decoder: a row for each, in order, in every resize mode and in any heap. */
final class Images {
    private static final List<String> MODES =
            List.of("nearest", "bilinear", "pil-bilinear", "box", "hamming", "bicubic", "lanczos", "center-crop");
    /** And with the system's libturbojpeg, where there is one, from the first picture on. */
    private static final List<List<String>> HEAPS =
            List.of(List.of(), List.of("-Xmx1g"), List.of("-Xmx256m"), List.of("-Dcnn.jpeg=turbo"));
    /** The mode of all heaps where there is no time for all modes: it takes the most. */
    /** Box and Hamming differ from the bilinear filter by their weights only. */
    private static final List<String> QUICK_MODES =
            List.of("nearest", "bilinear", "pil-bilinear", "bicubic", "lanczos", "center-crop");

    private static final String WIDEST = "lanczos";

    private static final Batch.Limits LIMITS = new Batch.Limits(10, 1500);

    /** For a folder of thousands, all of them together. */
    private static final int SECONDS = 900;

    private final int files;
    private final Path folder;
    private final List<Path> written;

    /** Mode and input to what was predicted, in the first heap. */
    private final Map<String, Object> answers = new HashMap<>();

    private final Tally same;

    private Images(Scope scope) throws IOException {
        HostileImages images = new HostileImages(scope.seed());
        files = Math.max(scope.of(images.crafted() + 100, 2000), images.crafted());
        folder = scope.folder("images");
        written = images.write(
                folder.resolve("files"), IntStream.range(0, files).boxed().toList());
        same = new Tally("images", "the same answers in 1 GB and 256 MB, and by libturbojpeg");
    }

    static List<Tally> run(Scope scope) {
        Tally alone = new Tally("images", "one by one: a row, exit 0 or 1, 10 s, 1.5 GB");
        try {
            Images images = new Images(scope);
            new Batch(Corpus.IMAGES, scope.seed(), scope.folder("image"), LIMITS).run(0, images.files, alone);
            List<String> modes = scope.full() ? MODES : QUICK_MODES;
            Tally rows = new Tally(
                    "images",
                    "%,d files x %d resize modes, in %s of %d heaps: rows in order"
                            .formatted(images.files, modes.size(), scope.full() ? "each" : "the first", HEAPS.size()));
            for (List<String> heap : HEAPS) {
                for (String mode : scope.full() || heap.isEmpty() ? modes : List.of(WIDEST)) {
                    images.classify(heap, mode, rows);
                }
            }
            return List.of(alone, rows, images.same);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void classify(List<String> heap, String mode, Tally rows) throws IOException {
        String what = "--resize %s %s".formatted(mode, String.join(" ", heap));
        Run run = Run.tool(
                folder,
                heap,
                SECONDS,
                "classify",
                "-m",
                "cifar10",
                "--resize",
                mode,
                "-f",
                "jsonl",
                folder.resolve("files").toString());
        rows.took(run.seconds(), run.peakMegabytes(), what);
        List<String> lines = run.out().lines().toList();
        for (int i = 0; i < written.size(); i++) {
            Map<String, Object> row = i < lines.size() ? row(lines.get(i)) : Map.of();
            String wanted = written.get(i).toString();
            rows.check(
                    wanted.equals(row.get("input")),
                    "%s: row %d is not %s".formatted(what, i, written.get(i).getFileName()));
            compare(heap, mode, wanted, row);
            if (!wanted.equals(row.get("input"))) {
                break; // the others follow from it
            }
        }
        rows.check(
                run.exitCode() == 0 || run.exitCode() == 1,
                "%s: exit %d after %d rows: %s"
                        .formatted(what, run.exitCode(), lines.size(), Verdict.telling(run.err())));
    }

    /** An answer is the same in any heap; where there is no room for a picture, its row may say so. */
    private void compare(List<String> heap, String mode, String input, Map<String, Object> row) {
        Object answer = row.getOrDefault("predictions", row.get("error"));
        if (heap.isEmpty()) {
            answers.put(mode + input, answer == null ? "no row" : answer);
        } else {
            same.check(
                    answers.get(mode + input).equals(answer)
                            || String.valueOf(answer).contains("memory"),
                    "--resize %s %s: %s: %s instead of %s"
                            .formatted(mode, heap, Path.of(input).getFileName(), answer, answers.get(mode + input)));
        }
    }

    private static Map<String, Object> row(String line) {
        try {
            return JSON.std.mapFrom(line);
        } catch (IOException e) {
            return Map.of("input", line);
        }
    }
}
