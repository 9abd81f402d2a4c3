package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.files.Sha256;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.onednn.CompiledNetwork;
import cnn.program.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SavedModelFileTest {
    private static final String KERAS_ORDER = "cnn-tail-weights.keras.float32.bin";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "avg,dropout:0.2|2|c2",
                "flatten,dense:7:relu,dropout:0.5|5|c2",
                "flatten,batchnorm,dropout:0.1,dense:7:linear,batchnorm,dense:4:tanh|3|c1",
                "max|3|input_1",
                "scratch|4|input_1",
                "mapped|3|input_1"
            })
    void givesBackWhatWasWritten(String head, int classes, String cut) {
        SavedModel model = model(head, classes, cut);
        Path file = write("model.zip", model, 1);
        try (SavedModelFile read = SavedModelFile.open(file)) {
            assertThat(read.model().network().nodes()).isEqualTo(model.network().nodes());
            assertThat(read.model().network().name()).isEqualTo(model.network().name());
            assertThat(read.model())
                    .usingRecursiveComparison()
                    .ignoringFields("network")
                    .isEqualTo(model);
            for (Node node : model.tail().nodes()) {
                for (WeightSpec spec : node.weights()) {
                    assertThat(read.tailWeights().values(node, spec))
                            .as("%s of %s", spec, node.name())
                            .isEqualTo(SavedModels.weights(1).values(node, spec));
                }
            }
        }
    }

    /** The oracle is the engine, which shares no code with Deeplearning4j. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "avg,dropout:0.2|2|c2",
                "flatten,dense:7:relu,dropout:0.5|5|c2",
                "flatten,batchnorm,dropout:0.1,dense:7:linear,batchnorm,dense:4:tanh|3|c1",
                "max|3|input_1",
                "scratch|4|input_1"
            })
    void isRestoredByPlainDeeplearning4j(String head, int classes, String cut) throws IOException {
        SavedModel model = model(head, classes, cut);
        Path file = write("model.zip", model, 2);
        assertThat(entry(file, "configuration.json")).doesNotContain("\"cnn.").doesNotContain("cnn.dl4j");
        ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile());
        float[] images = images(model.tail(), 3);
        Shape shape = model.tail().input().outputShape();
        INDArray nhwc = Nd4j.createFromArray(images).reshape(3, shape.height(), shape.width(), shape.channels());
        float[] restored = graph.outputSingle(nhwc.permute(0, 3, 1, 2).dup('c'))
                .dup('c')
                .data()
                .asFloat();
        assertThat(restored)
                .usingComparatorWithPrecision(2e-7f)
                .containsExactly(engine(model.tail(), SavedModels.weights(2), images));
    }

    @Test
    void writesTheEntriesThatModelSerializerWrites() throws IOException {
        Path file = write("model.zip", SavedModels.fromScratch(4), 3);
        ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile());
        Path again = folder.resolve("again.zip");
        ModelSerializer.writeModel(graph, again.toFile(), false);
        assertThat(entry(file, "configuration.json")).isEqualTo(entry(again, "configuration.json"));
        assertThat(entry(file, "coefficients.bin")).isEqualTo(entry(again, "coefficients.bin"));
    }

    @Test
    void holdsEachWeightOnce() throws IOException {
        Path file = write("model.zip", SavedModels.withHead("flatten,dense:64:relu", 3, "c1"), 3);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("coefficients.bin", "configuration.json", "cnn.json");
        }
        try (SavedModelFile read = SavedModelFile.open(file)) {
            assertThat(read.kerasOrderOnly()).isEmpty();
        }
    }

    @Test
    void holdsWhatDeeplearning4jHasNoLayersForInKerasOrderOnly() throws IOException {
        Path file = write("model.zip", SavedModels.withSoftmaxOverAMap(), 4);
        try (ZipFile zip = new ZipFile(file.toFile());
                SavedModelFile read = SavedModelFile.open(file)) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly(KERAS_ORDER, "cnn.json");
            assertThat(read.kerasOrderOnly().orElseThrow())
                    .startsWith("layer softmax: Deeplearning4j has no layer of its own for Activation");
            Node conv = read.model().network().node("conv");
            byte[] bytes = entry(file, KERAS_ORDER).getBytes(StandardCharsets.ISO_8859_1);
            FloatBuffer floats =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            FloatBuffer kernel =
                    SavedModels.weights(4).values(conv, conv.weights().get(0));
            assertThat(floats.slice(0, kernel.remaining())).isEqualTo(kernel);
            FloatBuffer mapped = read.tailWeights().values(conv, conv.weights().get(0));
            assertThat(mapped.isDirect()).isTrue();
            assertThat(mapped).isEqualTo(kernel);
        }
    }

    /** The identity of weights does not depend on how a file keeps them. */
    @Test
    void namesTheWeightsByTheirDigestInKerasOrder() throws IOException {
        SavedModel model = SavedModels.withSoftmaxOverAMap();
        Path plain = write("plain.zip", model, 4);
        try (SavedModelFile read = SavedModelFile.open(plain)) {
            byte[] weights = entry(plain, KERAS_ORDER).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(read.tailSha256()).isEqualTo(Sha256.of(weights).toString());
        }
    }

    @Test
    void writesEqualModelsInEqualBytes() throws IOException {
        Path one = write("one.zip", SavedModels.withHead("flatten,dense:4", 3, "c1"), 5);
        Path two = write("two.zip", SavedModels.withHead("flatten,dense:4", 3, "c1"), 5);
        assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
        Path other = write("other.zip", SavedModels.withHead("flatten,dense:4", 3, "c1"), 6);
        try (SavedModelFile first = SavedModelFile.open(one);
                SavedModelFile second = SavedModelFile.open(other)) {
            assertThat(first.tailSha256()).isNotEqualTo(second.tailSha256());
        }
    }

    @Test
    void refusesAFileWithAnyOneBitChanged() throws IOException {
        Path file = write("model.zip", SavedModels.withHead("avg", 3, "c2"), 7);
        byte[] sound = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(7);
        Path changed = folder.resolve("changed.zip");
        for (int i = 0; i < sound.length; i++) {
            byte[] bytes = sound.clone();
            bytes[i] ^= (byte) (1 << random.nextInt(8));
            Files.write(changed, bytes);
            assertRefused(changed, "byte " + i);
        }
    }

    @Test
    void refusesATornFile() throws IOException {
        Path file = write("model.zip", SavedModels.withHead("avg", 3, "c2"), 8);
        byte[] sound = Files.readAllBytes(file);
        Path torn = folder.resolve("torn.zip");
        for (int length = 0; length < sound.length; length += 1 + length / 50) {
            Files.write(torn, Arrays.copyOf(sound, length));
            assertRefused(torn, length + " bytes");
        }
        Files.write(torn, Arrays.copyOf(sound, sound.length + 1));
        assertRefused(torn, "one byte more");
    }

    @Test
    void refusesOtherZipFiles() throws IOException {
        Path foreign = folder.resolve("foreign.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(foreign))) {
            zip.putNextEntry(new ZipEntry("configuration.json"));
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        assertRefused(foreign, "a zip of somebody else's");
        Path missing = folder.resolve("missing.zip");
        assertRefused(missing, "no file");
        assertRefused(folder, "a folder");
    }

    @Test
    void refusesWeightsThatAreNotTheDescribedOnes() throws IOException {
        Path one = write("one.zip", SavedModels.withHead("avg", 3, "c2"), 9);
        Path two = write("two.zip", SavedModels.withHead("avg", 3, "c2"), 10);
        byte[] mixed = Files.readAllBytes(one);
        byte[] others = Files.readAllBytes(two);
        int weightsEnd = 46 + 113 + 21 * Float.BYTES;
        System.arraycopy(others, 0, mixed, 0, weightsEnd);
        // The directory's record of the first entry holds its checksum too.
        int directory = ByteBuffer.wrap(mixed).order(ByteOrder.LITTLE_ENDIAN).getInt(mixed.length - 6);
        System.arraycopy(others, 14, mixed, directory + 16, 4);
        Path file = Files.write(folder.resolve("mixed.zip"), mixed);
        assertThatThrownBy(() -> SavedModelFile.open(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("coefficients.bin is not the one that was written");
    }

    @Test
    void leavesNothingBehindWhenWritingFails() throws IOException {
        Path file = folder.resolve("model.zip");
        Weights failing = (node, spec) -> {
            throw UserError.data("stop");
        };
        assertThatThrownBy(() -> SavedModelFile.write(file, SavedModels.withHead("avg", 3, "c2"), failing))
                .hasMessage("stop");
        Path nowhere = folder.resolve("nowhere/model.zip");
        assertThatThrownBy(() -> write("nowhere/model.zip", SavedModels.withHead("avg", 3, "c2"), 1))
                .isInstanceOf(UserError.class)
                .hasMessage("cannot write the model %s: no such file or directory: %s", nowhere, nowhere.getParent());
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static void assertRefused(Path file, String what) {
        assertThatThrownBy(() -> SavedModelFile.open(file).close())
                .as(what)
                .isInstanceOfSatisfying(UserError.class, e -> {
                    assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS);
                    assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
                });
    }

    private static SavedModel model(String head, int classes, String cut) {
        return switch (head) {
            case "scratch" -> SavedModels.fromScratch(classes);
            case "mapped" -> SavedModels.withSoftmaxOverAMap();
            default -> SavedModels.withHead(head, classes, cut);
        };
    }

    private Path write(String name, SavedModel model, long seed) {
        Path file = folder.resolve(name);
        SavedModelFile.write(file, model, SavedModels.weights(seed));
        return file;
    }

    private static float[] engine(Network network, Weights weights, float[] images) {
        int count = images.length / (int) network.input().outputShape().elements();
        ByteBuffer direct =
                ByteBuffer.allocateDirect(images.length * Float.BYTES).order(ByteOrder.nativeOrder());
        direct.asFloatBuffer().put(images);
        try (ForwardPass pass = CompiledNetwork.compile(
                network, weights, List.of(network.output().name()), Precision.FP32, count)) {
            return pass.run(direct.asFloatBuffer(), count).get(0);
        }
    }

    private static float[] images(Network network, int count) {
        SplittableRandom random = new SplittableRandom(11);
        float[] values = new float[count * (int) network.input().outputShape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** An entry's bytes, each as one character. */
    private static String entry(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
