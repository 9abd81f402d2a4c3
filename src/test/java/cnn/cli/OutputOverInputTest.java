package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** No output takes the place of a file that the same run reads, whatever the file is called. */
class OutputOverInputTest {
    private static final Path TINY = Path.of("src/test/resources/cnn/keras/tiny.h5");

    @TempDir
    Path folder;

    private Path model;

    /** How a user may call a file. */
    private enum Spelling {
        THE_SAME,
        SYMBOLIC_LINK,
        HARD_LINK,
        RELATIVE;

        Path of(Path file, String suffix) throws IOException {
            Path link = file.resolveSibling("link" + suffix);
            return switch (this) {
                case THE_SAME -> file;
                case SYMBOLIC_LINK -> Files.createSymbolicLink(link, file);
                case HARD_LINK -> Files.createLink(link, file);
                case RELATIVE ->
                    Path.of(".").resolve(Path.of("").toAbsolutePath().relativize(file.toAbsolutePath()));
            };
        }
    }

    /**
     * A command that would write over one of its inputs.
     *
     * @param input its name in the folder
     * @param suffix what the command puts behind the name given with {@code -o} to get that of the input
     * @param words with IN for the input, OUT for its other name, DATA for images in folders, MODEL for a model
     */
    private record Case(String input, String suffix, String words) {}

    private static final List<Case> CASES = List.of(
            new Case("in.jpg", "", "classify -m cifar10 -f csv -o OUT IN"),
            new Case("in.jpg", "", "classify -m cifar10 -f csv --resume -o OUT IN"),
            new Case("in.jpg.part", ".part", "classify -m cifar10 -f csv -o OUT IN"),
            new Case("data/a/0.png", "", "classify -m cifar10 -f jsonl -o OUT DATA"),
            new Case("data/b/1.png", "", "classify -m cifar10 -f text -o OUT DATA/*/*.png"),
            new Case("in.jpg", "", "classify -m cifar10 -f json -o OUT -"),
            new Case("in.zip", "", "classify -m IN -f csv -o OUT DATA/a/1.png"),
            new Case("in.h5", "", "classify --weights IN -f csv -o OUT DATA/a/1.png"),
            new Case("mobilenet_2_5_224_tf.h5", "", "classify --models-dir HERE -m mobilenet-0.25 -f csv -o OUT DATA"),
            new Case("mobilenet_2_5_224_tf.h5", "", "evaluate --models-dir HERE -m mobilenet-0.25 -f json -o OUT DATA"),
            new Case(
                    "mobilenet_2_5_224_tf_no_top.h5",
                    "",
                    "extract-features --models-dir HERE -m mobilenet-0.25 --no-cache -o OUT DATA"),
            new Case(
                    "mobilenet_2_5_224_tf.h5",
                    "",
                    "export mobilenet-0.25 --models-dir HERE --to h5 --overwrite -o OUT"),
            new Case(
                    "mobilenet_2_5_224_tf_no_top.h5",
                    "",
                    "train DATA --models-dir HERE -m mobilenet-0.25 --epochs 1 --overwrite -o OUT"),
            new Case("in.args", "", "classify -m cifar10 @IN -f csv -o OUT DATA/a/1.png"),
            new Case("in.csv", "", "extract-features -m MODEL --layer flatten --no-cache -o OUT IN"),
            new Case("in.npy.csv", ".csv", "extract-features -m MODEL --layer flatten --no-cache -o OUT IN"),
            new Case("data/in.csv", "", "extract-features -m MODEL --layer flatten --no-cache -o OUT DATA/*.csv"),
            new Case("in.h5", "", "extract-features --weights IN --no-cache -o OUT DATA/a/1.png"),
            new Case("in.png", "", "augment IN --augment flip -o OUT"),
            new Case("in.png", "", "explain -m cifar10 IN -o OUT"),
            new Case("model.png", "", "explain -m IN DATA/a/1.png -o OUT"),
            new Case("in.png", "", "visualize -m cifar10 --activations CONV IN -o OUT"),
            new Case("model.png", "", "visualize -m IN --filters -o OUT"),
            new Case("in.zip", "", "export IN --to h5 -o OUT"),
            new Case("in.zip", "", "export IN --to h5 --overwrite -o OUT"),
            new Case("in.h5", "", "export mobilenet-0.25 --weights IN --to h5 --overwrite -o OUT"),
            new Case(
                    "data/a/0.png", "", "train DATA -m lenet5 --weights none --epochs 1 --no-cache --overwrite -o OUT"),
            new Case(
                    "data/b/0.png",
                    ".png",
                    "train DATA -m lenet5 --weights none --epochs 1 --no-cache --overwrite -o OUT"),
            new Case("in.h5", "", "train DATA --weights IN --epochs 1 --no-cache --overwrite -o OUT"),
            new Case("in.zip", "", "finetune DATA --from IN --unfreeze all --no-cache --overwrite -o OUT"),
            new Case(
                    "in.zip.history.csv",
                    ".history.csv",
                    "finetune DATA @IN --from MODEL --unfreeze all --no-cache --overwrite -o OUT"),
            new Case("data/a/1.png", "", "evaluate -m MODEL -f csv -o OUT DATA"),
            new Case("in.zip", "", "evaluate -m IN -f csv -o OUT DATA"),
            new Case("in.zip", "", "evaluate -m MODEL -m IN -f csv -o OUT DATA"),
            new Case("in.zip", "", "reproduce IN DATA --overwrite -o OUT"),
            new Case("data/a/0.png", "", "reproduce MODEL DATA --overwrite -o OUT"),
            new Case("in.zip", "", "quantize -m IN DATA --overwrite -o OUT"),
            new Case("data/a/2.png", "", "quantize -m cifar10 DATA --overwrite -o OUT"),
            new Case("in.zip", "", "train DATA --from IN --no-cache --overwrite -o OUT"),
            new Case("data/b/2.png", "", "train DATA --auto --no-cache --overwrite -o OUT"),
            new Case("in.csv", "", "classify -m cifar10 -f csv --shard 1/1 -o OUT IN"),
            new Case("in.zip", "", "classify -m IN -f csv --calibrated -o OUT DATA"));

    @BeforeEach
    void makeModel() throws IOException {
        model = folder.resolve("model.zip");
        TrainingPictures.in(folder.resolve("trained"), 4);
        Transcript run = Transcript.of(
                ("train -m lenet5 --weights none --epochs 1 --no-cache " + folder + "/trained -o " + model).split(" "));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> everyCommandRefuses() {
        return CASES.stream().flatMap(one -> Stream.of(Spelling.values())
                .map(spelling -> DynamicTest.dynamicTest(
                        spelling + ": " + one.words() + " <- " + one.input(), () -> refuses(one, spelling))));
    }

    private void refuses(Case one, Spelling spelling) throws IOException {
        Path place = Files.createTempDirectory(folder, "case");
        Path input = place.resolve(one.input());
        for (String name : List.of("a", "b")) {
            for (int i = 0; i < 4; i++) {
                TrainingPictures.picture(place.resolve("data/%s/%d.png".formatted(name, i)), i, name.equals("a"));
            }
        }
        if (!Files.exists(input)) {
            Files.copy(source(one.input()), input);
        }
        String named = spelling.of(input, input.getFileName().toString().replaceFirst("^[^.]*", ""))
                .toString();
        String output = named.substring(0, named.length() - one.suffix().length());
        Map<String, String> before = content(place);
        List<String> words = new ArrayList<>();
        for (String word : one.words().split(" ")) {
            words.add(word.replace("IN", input.toString())
                    .replace("OUT", output)
                    .replace("DATA", place + "/data")
                    .replace("MODEL", model.toString())
                    .replace("CONV", "conv1")
                    .replace("HERE", place.toString()));
        }
        Transcript run = Transcript.withInput(place + "/data/a/0.png\n" + input + "\n", words.toArray(String[]::new));
        assertThat(content(place)).isEqualTo(before);
        assertThat(run.err()).startsWith("cnn: ").contains("is an input").hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    /** Whether it is a picture, a model, weights or options that a file of this name is to hold. */
    private Path source(String name) throws IOException {
        if (name.endsWith(".zip") || name.startsWith("model")) {
            return model;
        }
        if (name.endsWith(".args") || name.endsWith(".history.csv")) {
            return Files.writeString(folder.resolve("options"), "-q\n");
        }
        return name.endsWith(".h5") ? TINY : Path.of("sample-images/daisy.jpg");
    }

    /** The files below a folder, with what is in them. */
    private static Map<String, String> content(Path place) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.toList()) {
                found.put(
                        file.toString(),
                        Files.isDirectory(file)
                                ? ""
                                : cnn.files.Sha256.of(Files.readAllBytes(file)).toString());
            }
        }
        return found;
    }
}
