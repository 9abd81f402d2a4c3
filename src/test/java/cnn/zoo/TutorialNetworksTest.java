package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.KernelInitializer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Pooling;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks that are there to be trained; the tables are those that Keras prints. */
class TutorialNetworksTest {

    @Test
    void buildsLeNet5AsKerasPrintsIt() {
        assertThat(table("lenet5", 32, 10))
                .containsExactly(
                        "conv2d (32, 32, 6) 456",
                        "average_pooling2d (16, 16, 6) 0",
                        "conv2d_1 (12, 12, 16) 2416",
                        "average_pooling2d_1 (6, 6, 16) 0",
                        "flatten (576,) 0",
                        "dense (120,) 69240",
                        "dense_1 (84,) 10164",
                        "dense_2 (10,) 850");
        assertThat(network("lenet5", 32, 10).parameters()).isEqualTo(83_126);
    }

    @Test
    void buildsVggForCifarWithinOneAndAHalfMegabytes() {
        Network network = network("vgg-cifar", 32, 10);
        // 27*32 + 288*64 + 576*64 + 576*128 + 1152*128 kernels, 4*(32+64+64+128+128) of batch norms, 128*10+10.
        assertThat(network.parameters()).isEqualTo(280_298);
    }

    @Test
    void buildsAlexNetForCifarAsKerasPrintsIt() {
        assertThat(table("alexnet-cifar", 32, 10))
                .containsExactly(
                        "conv2d (8, 8, 96) 34944",
                        "batch_normalization (8, 8, 96) 384",
                        "max_pooling2d (4, 4, 96) 0",
                        "conv2d_1 (4, 4, 256) 614656",
                        "batch_normalization_1 (4, 4, 256) 1024",
                        "max_pooling2d_1 (2, 2, 256) 0",
                        "conv2d_2 (2, 2, 384) 885120",
                        "conv2d_3 (2, 2, 384) 1327488",
                        "conv2d_4 (2, 2, 256) 884992",
                        "batch_normalization_2 (2, 2, 256) 1024",
                        "max_pooling2d_2 (1, 1, 256) 0",
                        "flatten (256,) 0",
                        "dense (2048,) 526336",
                        "dropout (2048,) 0",
                        "dense_1 (2048,) 4196352",
                        "dropout_1 (2048,) 0",
                        "dense_2 (10,) 20490");
        Network network = network("alexnet-cifar", 32, 10);
        assertThat(network.parameters()).isEqualTo(8_492_810);
        assertThat(network.parameters() - network.trainableParameters()).isEqualTo(1216);
    }

    @Test
    void buildsConvNetForCifarAsKerasPrintsIt() {
        assertThat(table("convnet-cifar", 32, 10))
                .containsExactly(
                        "conv2d (30, 30, 32) 896",
                        "conv2d_1 (28, 28, 32) 9248",
                        "max_pooling2d (14, 14, 32) 0",
                        "conv2d_2 (12, 12, 64) 18496",
                        "conv2d_3 (10, 10, 64) 36928",
                        "max_pooling2d_1 (5, 5, 64) 0",
                        "conv2d_4 (3, 3, 64) 36928",
                        "flatten (576,) 0",
                        "dense (1024,) 590848",
                        "dense_1 (10,) 10250");
        assertThat(network("convnet-cifar", 32, 10).parameters()).isEqualTo(703_594);
        assertThat(table("convnet-cifar-gap", 32, 10))
                .endsWith(
                        "conv2d_4 (3, 3, 64) 36928",
                        "global_max_pooling2d (64,) 0",
                        "dense (1024,) 66560",
                        "dense_1 (10,) 10250");
        assertThat(network("convnet-cifar-gap", 32, 10).parameters()).isEqualTo(179_306);
    }

    @Test
    void buildsTheNetworksForTwoClassesAsKerasPrintsThem() {
        assertThat(table("convnet-binary", 200, 2))
                .containsExactly(
                        "conv2d (200, 200, 32) 896",
                        "max_pooling2d (100, 100, 32) 0",
                        "flatten (320000,) 0",
                        "dense (128,) 40960128",
                        "dense_1 (1,) 129");
        assertThat(network("convnet-binary", 200, 2).parameters()).isEqualTo(40_961_153);
        assertThat(table("convnet-small", 150, 2))
                .containsExactly(
                        "conv2d (148, 148, 32) 896",
                        "max_pooling2d (74, 74, 32) 0",
                        "conv2d_1 (72, 72, 64) 18496",
                        "max_pooling2d_1 (36, 36, 64) 0",
                        "conv2d_2 (34, 34, 128) 73856",
                        "max_pooling2d_2 (17, 17, 128) 0",
                        "conv2d_3 (15, 15, 128) 147584",
                        "max_pooling2d_3 (7, 7, 128) 0",
                        "flatten (6272,) 0",
                        "dense (512,) 3211776",
                        "dense_1 (1,) 513");
        assertThat(network("convnet-small", 150, 2).parameters()).isEqualTo(3_453_121);
    }

    @ParameterizedTest
    @CsvSource({
        "lenet5,12",
        "alexnet-cifar,11",
        "convnet-cifar,24",
        "convnet-cifar-gap,24",
        "convnet-binary,2",
        "convnet-small,46"
    })
    void followsTheDataDownToTheLeastSize(String name, int least) {
        assertThat(network(name, least, 7).output().outputShape()).isEqualTo(Shape.of(7));
        assertThat(network(name, least, 2).output().outputShape()).isEqualTo(Shape.of(1));
        assertThat(Zoo.named(name)
                        .network(Options.withoutTop(least, least, Optional.of(Pooling.AVERAGE)))
                        .output()
                        .outputShape()
                        .sizes())
                .hasSize(1);
        assertThatThrownBy(() -> network(name, least - 1, 7))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("needs images of at least %dx%d".formatted(least, least));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lenet5",
                "alexnet-cifar",
                "convnet-cifar",
                "convnet-cifar-gap",
                "convnet-binary",
                "convnet-small"
            })
    void saysThatItHasNoPublishedWeights(String name) {
        assertThatThrownBy(() -> Zoo.named(name).weights())
                .isInstanceOf(UserError.class)
                .matches(error -> ((UserError) error).kind() == UserError.Kind.WEIGHTS)
                .hasMessageContaining(name + " has no published weights: train it (cnn train DATA -m " + name);
    }

    @Test
    void startsReluLayersAsTheTutorialDeclares() {
        Network network = network("convnet-binary", 20, 2);
        assertThat(network.node("conv2d").layer().kernelInitializer()).isEqualTo(KernelInitializer.HE_UNIFORM);
        assertThat(network.node("dense").layer().kernelInitializer()).isEqualTo(KernelInitializer.HE_UNIFORM);
        assertThat(network.node("dense_1").layer().kernelInitializer()).isEqualTo(KernelInitializer.GLOROT_UNIFORM);
        float limit = (float) Math.sqrt(6.0 / 27);
        assertThat(greatest(network.node("conv2d"))).isBetween(0.97f * limit, limit);
        Network glorot = network("convnet-cifar", 32, 10);
        limit = (float) Math.sqrt(6.0 / (27 + 9 * 32));
        assertThat(greatest(glorot.node("conv2d"))).isBetween(0.97f * limit, limit);
    }

    private static float greatest(Node node) {
        var kernel = node.weights().get(0);
        var values = new RandomWeights(42).values(node, kernel);
        float greatest = 0;
        while (values.hasRemaining()) {
            greatest = Math.max(greatest, Math.abs(values.get()));
        }
        return greatest;
    }

    private static List<String> table(String name, int size, int classes) {
        return network(name, size, classes).nodes().stream()
                .skip(1)
                .map(node -> "%s %s %d".formatted(node.name(), node.outputShape(), node.parameters()))
                .toList();
    }

    private static Network network(String name, int size, int classes) {
        return Zoo.named(name).network(Options.withTop(size, size, classes));
    }
}
