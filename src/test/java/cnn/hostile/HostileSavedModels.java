package cnn.hostile;

import cnn.model.RewrittenModel;
import cnn.model.SavedModelFile;
import cnn.model.SavedModels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Saved models from strangers: descriptions that lie under checksums that are right, graphs without end, torn files. */
final class HostileSavedModels {
    private static final Set<Integer> READ_OR_REFUSED = Set.of(0, 1, 4);
    private static final Set<Integer> REFUSED = Set.of(4);

    private final long seed;
    private final Path folder;
    private final List<Path> sound;
    private final List<RewrittenModel> rewritten;
    private final Map<String, UnaryOperator<String>> graphs = HostileGraphs.all();
    private final List<String> graphNames = List.copyOf(graphs.keySet());

    HostileSavedModels(long seed, Path folder) {
        this.seed = seed;
        this.folder = folder;
        sound = List.of(bundled(), small(), withBase());
        rewritten = sound.stream().map(RewrittenModel::new).toList();
    }

    /** How many are not left to chance. */
    static int crafted() {
        return ConfigMutation.known() + HostileGraphs.all().size();
    }

    Case at(int index) {
        Path file = folder.resolve("saved-%05d.zip".formatted(index));
        Random random = new Random(seed + index);
        if (index < ConfigMutation.known()) {
            // Depthwise layers are in the second.
            int which = ConfigMutation.name(index).startsWith("DepthwiseConv2D") ? 1 : 0;
            rewritten.get(which).write(file, json -> ConfigMutation.known(json, index));
            return new Case("cnn.json: " + ConfigMutation.name(index), file, words(file, random), READ_OR_REFUSED);
        }
        if (index < crafted()) {
            String graph = graphNames.get(index - ConfigMutation.known());
            rewritten.get(graph.startsWith("weights_file") ? 2 : 0).write(file, graphs.get(graph));
            return new Case("cnn.json: " + graph, file, words(file, random), READ_OR_REFUSED);
        }
        int which = random.nextInt(sound.size());
        if (random.nextInt(3) == 0) {
            torn(which, file, random);
            return new Case("damaged " + sound.get(which).getFileName(), file, words(file, random), REFUSED);
        }
        rewritten.get(which).write(file, json -> ConfigMutation.random(json, random));
        return new Case("cnn.json of " + sound.get(which).getFileName(), file, words(file, random), READ_OR_REFUSED);
    }

    private void torn(int which, Path file, Random random) {
        try {
            byte[] before = Files.readAllBytes(sound.get(which));
            byte[] damaged = before;
            while (Arrays.equals(before, damaged)) {
                damaged = Mutation.of(before, random);
            }
            Corpus.put(file, damaged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What people do with a model that somebody sent. */
    private static List<String> words(Path file, Random random) {
        return random.nextInt(4) == 0
                ? List.of("summary", "-m", file.toString())
                : List.of(
                        "classify",
                        "-m",
                        file.toString(),
                        Path.of("sample-images/daisy.jpg").toAbsolutePath().toString());
    }

    private Path bundled() {
        Path file = folder.resolve("bundled.zip");
        try (InputStream in = SavedModelFile.class.getResourceAsStream("cifar10.zip")) {
            if (!Files.exists(file)) {
                Files.copy(in, file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path small() {
        Path file = folder.resolve("small.zip");
        if (!Files.exists(file)) {
            SavedModelFile.write(file, SavedModels.fromScratch(4), SavedModels.weights(1));
        }
        return file;
    }

    private Path withBase() {
        Path file = folder.resolve("on-a-base.zip");
        if (!Files.exists(file)) {
            SavedModelFile.write(file, SavedModels.withHead("avg,dense:8:relu", 4, "c2"), SavedModels.weights(2));
        }
        return file;
    }
}
