package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.keras.WholeModelFile;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.DepthwiseConv2D;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with a model that Keras saved in the place of a network's name. */
class KerasModelCommandsTest {
    private static final Path TINY = Path.of("src/test/resources/cnn/keras/tiny.h5");
    private static final String IMAGE = "sample-images/daisy.jpg";

    @TempDir
    private Path folder;

    @Test
    void tellsAFileByItsContentAndNotByItsName() throws IOException {
        Path renamed = Files.copy(TINY, folder.resolve("model"));
        assertThat(classify("-m", renamed.toString()).out())
                .isEqualTo(classify("-m", TINY.toString()).out());
        Path text = Files.writeString(folder.resolve("text.keras"), "no model");
        assertFails(4, "damaged, or no model", classify("-m", text.toString()));
        assertFails(4, "no such file", classify("-m", folder + "/absent.keras"));
        assertFails(4, "no such file", classify("-m", folder + "/absent.h5"));
    }

    @Test
    void saysHowPixelsAreScaledWhereNothingTells() throws IOException {
        assertThat(classify("-m", TINY.toString()).err())
                .as("it has a layer of MobileNet's")
                .isEmpty();
        String bytes = Files.readString(TINY, StandardCharsets.ISO_8859_1).replace("conv_dw_1", "conv_dw_0");
        Path file = Files.writeString(folder.resolve("own.h5"), bytes, StandardCharsets.ISO_8859_1);
        Transcript guessed = classify("-m", file.toString());
        assertThat(guessed.err().lines())
                .singleElement()
                .asString()
                .startsWith("cnn: nothing in " + file + " tells how pixels are scaled; from -1 to 1 is taken");
        Transcript said = classify("-m", file.toString(), "--scale", "tf");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo(guessed.out());
        assertThat(classify("-m", file.toString(), "--scale", "0..1").out()).isNotEqualTo(guessed.out());
        assertThat(classify("--weights", file.toString())).isEqualTo(guessed);
        assertFails(2, "none of tf, caffe, torch, 0..1, 0..255", classify("--scale", "imagenet"));
    }

    @Test
    void refusesAWholeModelUnderTheNameOfAnotherNetwork() {
        String message = TINY + " is a whole model, tiny, and not the network mobilenet-0.25; use it as -m " + TINY;
        String[] words = {"-m", "mobilenet-0.25", "--weights", TINY.toString()};
        assertFails(4, message, classify(words));
        assertFails(4, message, run("summary", words));
        assertFails(4, message, run("extract-features", words, "--no-cache", "-o", folder + "/f.npy", IMAGE));
    }

    /** Its features are asked for by name only; its classes need no such layer. */
    @Test
    void answersWithoutADenseLayer() throws IOException {
        NetworkBuilder builder = Network.builder("bare", "input", Shape.of(8, 8, 3));
        Window window = Window.of(3, 1, Padding.SAME);
        builder.add("depthwise", new DepthwiseConv2D(window, 1, true, ActivationFunction.RELU), "input");
        builder.add("pooled", new GlobalPooling2D(Pooling.AVERAGE), "depthwise");
        Network network = builder.build(builder.add("classes", new Activation(ActivationFunction.SOFTMAX), "pooled"));
        Path file = folder.resolve("bare.h5");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WholeModelFile.write(network, new RandomWeights(1), bytes::writeBytes);
        Files.write(file, bytes.toByteArray());
        Transcript run = classify("-m", file.toString(), "--scale", "tf");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("class_0");
        String[] words = {"-m", file.toString(), "--scale", "tf"};
        assertFails(2, "name a layer with --layer", run("extract-features", words, "-o", folder + "/f.npy", IMAGE));
    }

    @Test
    void namesClassesByAFile() throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "ant\nbee\ncow\n");
        assertThat(classify("-m", TINY.toString(), "--labels", names.toString(), "-f", "csv")
                        .out())
                .contains("ant,ant,0")
                .contains("cow,cow,2");
        Files.writeString(names, "ant\n");
        assertFails(
                3,
                "--labels " + names + " names 1 classes; " + TINY + " tells 3 apart",
                classify("-m", TINY.toString(), "--labels", names.toString()));
    }

    @Test
    void refusesWhatSaysNothingOfASavedModelOrANetworkByName() {
        assertFails(
                2,
                "--scale goes with a file that Keras saved, which cifar10 is not",
                classify("-m", "cifar10", "--scale", "tf"));
        assertFails(2, "--labels goes with", classify("-m", "cifar10", "--labels", "names.txt"));
        assertFails(2, "--last-layer goes with", classify("-m", "vgg16", "--last-layer", "logits"));
    }

    @Test
    void takesAFileThatChangedSinceItsFirstUse() throws IOException {
        Path model = Files.copy(TINY, folder.resolve("m.h5"));
        assertThat(classify("-m", model.toString()).exitCode()).isZero();
        byte[] bytes = Files.readAllBytes(model);
        Files.write(folder.resolve("new.h5"), Arrays.copyOf(bytes, bytes.length + 8)); // retrained, so to speak
        Files.move(folder.resolve("new.h5"), model, StandardCopyOption.REPLACE_EXISTING);
        assertThat(classify("-m", model.toString()).exitCode()).isZero();
        assertThat(classify("--weights", model.toString()).exitCode()).isZero();
    }

    @Test
    void takesTheFoldersOfTheDataForClassesWithoutNames() throws IOException {
        for (String name : new String[] {"zebra", "Ape", "bear"}) {
            Files.copy(
                    Path.of(IMAGE),
                    Files.createDirectories(folder.resolve("data").resolve(name))
                            .resolve("1.jpg"));
        }
        Transcript judged = Transcript.of("evaluate", "-m", TINY.toString(), "-f", "json", folder + "/data");
        assertThat(judged.err())
                .contains("tiny has no names for its classes; taken are the folders of " + folder
                        + "/data in Keras's order: Ape, bear, zebra; --labels says otherwise");
        assertThat(judged.out()).contains("\"name\":\"Ape\"");
    }

    private static Transcript classify(String... words) {
        return run("classify", words, IMAGE);
    }

    private static Transcript run(String command, String[] words, String... more) {
        String[] all = new String[1 + words.length + more.length];
        all[0] = command;
        System.arraycopy(words, 0, all, 1, words.length);
        System.arraycopy(more, 0, all, 1 + words.length, more.length);
        return Transcript.of(all);
    }

    private static void assertFails(int exitCode, String message, Transcript said) {
        assertThat(said.exitCode()).as(said.err()).isEqualTo(exitCode);
        assertThat(said.err()).contains(message);
        assertThat(said.out()).isEmpty();
    }
}
