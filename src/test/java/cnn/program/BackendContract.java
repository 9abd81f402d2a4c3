package cnn.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.ForwardPass;
import cnn.network.LayerContract;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.network.WindowContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every backend must do: each layer, small networks, and random ones, whole and by parts. */
public interface BackendContract extends LayerContract, WindowContract {
    int SEEDS = 40;
    /** Of a layer's largest number. */
    double TOLERANCE = 5e-5;

    Backend backend();

    @Override
    default ForwardPass open(Network network, Weights weights, List<String> outputs) {
        return backend().compile(network, weights, outputs, 1);
    }

    @Test
    default void computesEveryLayerOfRandomNetworksAsDefined() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Network network = RandomNetworks.network(seed);
            List<String> layers = RandomNetworks.names(network);
            compare(seed, network, layers, 2);
        }
    }

    @Test
    default void computesTheLastLayerOfRandomNetworksAsDefined() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Network network = RandomNetworks.network(seed);
            compare(seed, network, List.of(network.output().name()), 1 + (int) seed % 3);
        }
    }

    private void compare(long seed, Network network, List<String> outputs, int images) {
        Weights weights = RandomNetworks.weights(seed);
        float[] batch = RandomNetworks.images(seed, network, images);
        int elements = batch.length / images;
        try (ForwardPass pass = backend().compile(network, weights, outputs, 1)) {
            List<float[]> computed = pass.run(FloatBuffer.wrap(batch), images);
            for (int image = 0; image < images; image++) {
                float[] pixels = Arrays.copyOfRange(batch, image * elements, (image + 1) * elements);
                Map<String, double[]> defined = NaiveForwardPass.run(network, weights, pixels);
                for (int i = 0; i < outputs.size(); i++) {
                    double[] expected = defined.get(outputs.get(i));
                    assertClose("seed %d, %s".formatted(seed, outputs.get(i)), computed.get(i), image, expected);
                }
            }
        }
    }

    private static void assertClose(String what, float[] batch, int image, double[] expected) {
        double largest =
                Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElseThrow());
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(batch[image * expected.length + i] - expected[i]);
            assertThat(difference / largest).as("%s, number %d", what, i).isLessThan(TOLERANCE);
        }
    }

    @Test
    default void givesOutputsInTheOrderAskedFor() {
        Network network = RandomNetworks.network(3);
        List<String> names = RandomNetworks.names(network);
        List<String> wanted = List.of(names.get(names.size() - 1), names.get(1), names.get(0), names.get(1));
        try (ForwardPass pass = backend().compile(network, RandomNetworks.weights(3), wanted, 1)) {
            assertThat(pass.outputs()).map(Node::name).isEqualTo(wanted);
            List<float[]> values = pass.run(FloatBuffer.wrap(RandomNetworks.images(3, network, 1)), 1);
            for (int i = 0; i < wanted.size(); i++) {
                int size = (int) network.node(wanted.get(i)).outputShape().elements();
                assertThat(values.get(i)).hasSize(size);
            }
            assertThat(values.get(3)).isEqualTo(values.get(1));
        }
    }

    @Test
    default void givesTheSameBitsAgainAndLeavesTheImagesAlone() {
        Network network = RandomNetworks.network(5);
        float[] images = RandomNetworks.images(5, network, 2);
        FloatBuffer direct = ByteBuffer.allocateDirect((images.length + 3) * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        direct.position(2).mark().put(images).reset();
        List<String> output = List.of(network.output().name());
        try (ForwardPass pass = backend().compile(network, RandomNetworks.weights(5), output, 2)) {
            float[] first = pass.run(FloatBuffer.wrap(images), 2).get(0);
            assertThat(pass.run(direct, 2).get(0)).isEqualTo(first);
            assertThat(direct.position()).isEqualTo(2);
            float[] read = new float[images.length];
            direct.get(read);
            assertThat(read).isEqualTo(images);
        }
    }

    @Test
    default void namesALayerThatIsNotThere() {
        Network network = RandomNetworks.network(5);
        assertThatThrownBy(() -> backend().compile(network, RandomNetworks.weights(5), List.of("conv_99"), 1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("conv_99");
    }

    @Test
    default void saysWhatItsNumbersDependOn() {
        assertThat(backend().arithmetic()).isNotBlank().isEqualTo(backend().arithmetic());
    }
}
