package cnn.dl4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.program.Backend;
import cnn.program.BackendContract;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import cnn.program.UnsupportedLayerException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;

class Deeplearning4jTest implements BackendContract {

    @Override
    public Backend backend() {
        return Deeplearning4j.of(Precision.FP32);
    }

    @Test
    void refusesALayerThatItCannotExpressByName() {
        NetworkBuilder builder = Network.builder("dilated", "input", Shape.of(8, 8, 3));
        Window dilated = new Window(2, 2, 1, 1, 2, 2, Padding.VALID);
        Network network = builder.build(builder.add("wide_pool", new Pooling2D(Pooling.MAX, dilated), "input"));
        assertThatThrownBy(() -> backend().compile(network, new RandomWeights(1), List.of("wide_pool"), 1))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessage("layer wide_pool: Deeplearning4j cannot compute pooling with dilation");
    }

    @Test
    void refusesBfloat16() {
        assertThatThrownBy(() -> Deeplearning4j.of(Precision.BF16))
                .isInstanceOf(UserError.class)
                .hasMessage("Deeplearning4j computes in fp32 only, not in bf16");
    }

    @Test
    void saysThatItDoesNotTrain() {
        Network network = RandomNetworks.network(3);
        TrainingSetup setup = new TrainingSetup(Set.of(), Set.of(), Optimizer.of(new Sgd(0, false), 0), 1, 1);
        assertThatThrownBy(() -> backend().trainable(network, new RandomWeights(1), setup))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessage("this engine (Deeplearning4j 1, fp32) does not train");
    }

    @ParameterizedTest
    @CsvSource({"3, 7", "7, 5", "8, 6"})
    void takesCardsThatItHasCodeFor(int major, int minor) {
        assertThatCode(() -> Nd4jDevice.requireKnownCard(card(major, minor))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "8, 9", "9, 0", "12, 0"})
    void refusesOtherCards(int major, int minor) {
        assertThatThrownBy(() -> Nd4jDevice.requireKnownCard(card(major, minor)))
                .hasMessage("Example has compute capability %d.%d; this Deeplearning4j has code for 3.7 to 8.6"
                        .formatted(major, minor))
                .extracting(e -> ((UserError) e).kind())
                .isEqualTo(UserError.Kind.WEIGHTS);
    }

    private static Properties card(int major, int minor) {
        Properties environment = new Properties();
        environment.put(
                Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY,
                List.of(Map.of(
                        Nd4jEnvironment.CUDA_DEVICE_NAME_KEY, "Example",
                        Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY, major,
                        Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY, minor)));
        return environment;
    }
}
