package cnn;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.classify.Classification;
import cnn.classify.Classifier;
import cnn.classify.ImagePreparation;
import cnn.classify.Prediction;
import cnn.data.ImageInput;
import cnn.data.ImageInputs;
import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.program.Precision;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sample pictures, the program that draws them and the networks' opinion of them stay together. */
class SampleImagesTest {
    private static final Path SAMPLES = Path.of("sample-images");
    private static final Path WEIGHTS = Path.of("../shared/weights");
    private static final Map<String, String> LABELS = Map.ofEntries(
            entry("airliner.jpg", "airliner"),
            entry("analog-clock.png", "analog_clock"),
            entry("basketball.jpg", "basketball"),
            entry("container-ship.jpg", "container_ship"),
            entry("crossword-puzzle.png", "crossword_puzzle"),
            entry("daisy.jpg", "daisy"),
            entry("hot-air-balloon.jpg", "balloon"),
            entry("jack-o-lantern.jpg", "jack-o'-lantern"),
            entry("traffic-light.png", "traffic_light"),
            entry("trailer-truck.jpg", "trailer_truck"));

    @TempDir
    private Path folder;

    @Test
    void haveALabelEach() throws IOException {
        assertThat(names(SAMPLES)).containsExactlyElementsOf(new TreeSet<>(LABELS.keySet()));
    }

    @Test
    void areWhatTheProgramDraws() throws IOException, InterruptedException {
        draw();
        assertThat(names(folder)).isEqualTo(names(SAMPLES));
        for (String name : names(SAMPLES)) {
            BufferedImage drawn = ImageIO.read(folder.resolve(name).toFile());
            BufferedImage sample = ImageIO.read(SAMPLES.resolve(name).toFile());
            // A newer JDK writes some pixels of a JPEG a little differently.
            assertThat(differing(drawn, sample, 1)).as(name).isLessThan(0.002);
            assertThat(differing(drawn, sample, 8)).as(name).isLessThan(0.0001);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet-0.25", "mobilenet-0.75"})
    void showWhatANetworkSees(String model) {
        assumeTrue(Files.exists(WEIGHTS), "../shared/weights is not here");
        for (Classification answer : classify(model)) {
            String name = Path.of(answer.input()).getFileName().toString();
            Prediction first = answer.predictions().get(0);
            assertThat(first.label().name()).as(name).isEqualTo(LABELS.get(name));
            assertThat(first.probability()).as(name).isGreaterThan(0.5f);
        }
    }

    private void draw() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process program = new ProcessBuilder(java.toString(), "scripts/DrawSamples.java", folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The share of pixels of which a channel differs by more than {@code levels}. */
    private static double differing(BufferedImage one, BufferedImage other, int levels) {
        int width = one.getWidth();
        int height = one.getHeight();
        assertThat(List.of(width, height)).isEqualTo(List.of(other.getWidth(), other.getHeight()));
        int count = 0;
        for (int i = 0; i < width * height; i++) {
            int a = one.getRGB(i % width, i / width);
            int b = other.getRGB(i % width, i / width);
            if (differ(a, b, 16, levels) || differ(a, b, 8, levels) || differ(a, b, 0, levels)) {
                count++;
            }
        }
        return (double) count / (width * height);
    }

    private static boolean differ(int a, int b, int shift, int levels) {
        return Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)) > levels;
    }

    private List<Classification> classify(String model) {
        WeightStore store = WeightStore.of(
                Optional.of(WEIGHTS), true, Map.of(), folder, Zoo.publishedWeights(), FetchListener.SILENT);
        ForwardPasses passes = new ForwardPasses(Engine.ONEDNN, Precision.FP32, 2);
        ModelRequest request = new ModelRequest(model, Optional.empty(), false, 0, Optional.empty());
        List<Classification> answers = new ArrayList<>();
        try (Model loaded = new Models(store, passes).classifier(request)) {
            ImagePreparation preparation = new ImagePreparation(
                    new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false),
                    Loading.of(ResizeMode.NEAREST),
                    loaded.preprocessing(),
                    loaded.network().input().outputShape());
            Iterator<ImageInput> inputs = new ImageInputs(ImageDecoder::looksLikeImage)
                    .of(List.of(SAMPLES.toString()).iterator());
            new Classifier(loaded, preparation, 1, 2, 2).classify(inputs, answers::addAll);
        }
        assertThat(answers).hasSameSizeAs(LABELS.keySet());
        return answers;
    }
}
