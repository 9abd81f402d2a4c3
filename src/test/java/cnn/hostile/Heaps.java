package cnn.hostile;

import cnn.cli.TrainingPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Less memory gives the same bytes or exit 4 and no file, never another model. Where each image has a row of its own, one
 * that does not fit is a failed input as any other.
 */
final class Heaps {
    private static final int SECONDS = 200;
    private static final List<String> HEAPS = List.of("-Xmx6g", "-Xmx1g", "-Xmx256m", "-Xmx128m", "-Xmx64m");

    private final Path folder;
    private final Tally same = new Tally("heaps", "6 GB to 64 MB: the same bytes, exit 4, or an image that fails (1)");

    private Heaps(Path folder) throws IOException {
        this.folder = folder;
        Path data = TrainingPictures.in(folder.resolve("data"), 20);
        Corpus.put(data.resolve("left/large.png"), Pictures.encoded("png", 6000, 5000));
        Corpus.put(data.resolve("left/large.bmp"), Pictures.encoded("bmp", 4000, 4000));
        Corpus.put(data.resolve("right/large.jpg"), Pictures.encoded("jpg", 7000, 5000));
        Corpus.put(
                data.resolve("right/large.tif"), Pictures.blankTiff("Deflate", BufferedImage.TYPE_INT_RGB, 5000, 4000));
    }

    static List<Tally> run(Scope scope) {
        try {
            Heaps heaps = new Heaps(scope.folder("heaps"));
            heaps.compare(
                    "train.zip", "train", "data", "-m", "lenet5", "--weights", "none", "--epochs", "2", "--no-cache");
            heaps.compare(
                    "features.npy",
                    "extract-features",
                    "data",
                    "-m",
                    "mobilenet-0.25",
                    "--weights",
                    "none",
                    "--input-size",
                    "64",
                    "--no-cache");
            heaps.compare("why.png", "explain", "-m", "cifar10", "data/right/large.jpg");
            return List.of(heaps.same);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(String output, String... words) throws IOException {
        byte[] wanted = null;
        for (String heap : HEAPS) {
            String name = heap.substring(1) + "-" + output;
            String[] command = Arrays.copyOf(words, words.length + 2);
            command[words.length] = "-o";
            command[words.length + 1] = name;
            Run run = Run.tool(folder, List.of(heap), SECONDS, command);
            same.took(run.seconds(), run.peakMegabytes(), words[0] + " " + heap);
            Path file = folder.resolve(name);
            boolean there = Files.exists(file);
            String told = String.format(
                    Locale.ROOT,
                    "%s %s: exit %d, %s: %s",
                    words[0],
                    heap,
                    run.exitCode(),
                    there ? "a file" : "no file",
                    Verdict.telling(run.err()));
            if (wanted == null) {
                same.check(run.exitCode() == 0 && there, told);
                wanted = there ? Files.readAllBytes(file) : new byte[0];
            } else if (run.exitCode() == 0) {
                same.check(there && Arrays.equals(wanted, Files.readAllBytes(file)), told + ", other bytes");
            } else if (run.exitCode() == 1 && words[0].equals("extract-features")) {
                same.check(
                        there
                                && run.err().contains("does not fit in memory")
                                && Verdict.of(1, "rows", run.err(), Set.of(1)).isEmpty(),
                        told);
            } else {
                same.check(
                        run.exitCode() == 4
                                && !there
                                && Verdict.of(4, "", run.err(), Set.of(4)).isEmpty(),
                        told);
            }
            Files.deleteIfExists(file);
        }
    }
}
