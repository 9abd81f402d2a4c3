package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Pooling;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GoogLeNet beside table 1 of its paper. */
class GoogLeNetTest {
    private final Network network = Zoo.named("GoogLeNet").network(Options.withTop(224, 224));

    @Test
    void isAsLargeAsOtherImplementationsWithoutAuxiliaryHeads() {
        // Caffe's bvlc_googlenet without its loss1 and loss2: 6,998,552, of which 1,025,000 are the classifier's.
        assertThat(network.parameters()).isEqualTo(6_998_552);
        assertThat(network.trainableParameters()).isEqualTo(6_998_552);
    }

    @ParameterizedTest
    @CsvSource({
        "conv1_7x7,112,64",
        "pool1,56,64",
        "conv2_3x3,56,192",
        "pool2,28,192",
        "inception_3a_output,28,256",
        "inception_3b_output,28,480",
        "pool3,14,480",
        "inception_4a_output,14,512",
        "inception_4b_output,14,512",
        "inception_4c_output,14,512",
        "inception_4d_output,14,528",
        "inception_4e_output,14,832",
        "pool4,7,832",
        "inception_5a_output,7,832",
        "inception_5b_output,7,1024"
    })
    void hasTheOutputSizesOfThePaper(String layer, int size, int channels) {
        assertThat(network.node(layer).outputShape()).isEqualTo(Shape.of(size, size, channels));
    }

    /** The paper counts kernels, without bias, in units of 1024. */
    @ParameterizedTest
    @CsvSource({
        "conv2,112,360",
        "inception_3a,159,128",
        "inception_3b,380,304",
        "inception_4a,364,73",
        "inception_4b,437,88",
        "inception_4e,840,170",
        "inception_5b,1388,71",
        "predictions,1000,1"
    })
    void hasTheParametersAndOperationsOfThePaper(String module, int thousands, int millions) {
        assertThat(sum(module, GoogLeNetTest::kernels) / 1024.0).isCloseTo(thousands, withPercentage(1.6));
        assertThat(sum(module, Node::multiplyAdds) / 1e6).isCloseTo(millions, withPercentage(2.5));
    }

    @Test
    void countsWhatThePaperHasOtherwise() {
        assertThat(sum("conv1", GoogLeNetTest::kernels)).isEqualTo(9408);
        assertThat(sum("conv1", Node::multiplyAdds)).isEqualTo(112 * 112 * 9408L);
        assertThat(sum("inception_4c", GoogLeNetTest::kernels)).isEqualTo(509_440);
        assertThat(sum("inception_4c", Node::multiplyAdds)).isEqualTo(196 * 509_440L);
        assertThat(sum("inception_4d", GoogLeNetTest::kernels)).isEqualTo(604_672);
        assertThat(sum("inception_4d", Node::multiplyAdds)).isEqualTo(196 * 604_672L);
        assertThat(sum("inception_5a", GoogLeNetTest::kernels)).isEqualTo(1_042_432);
        assertThat(sum("inception_5a", Node::multiplyAdds)).isEqualTo(49 * 1_042_432L);
    }

    @Test
    void followsTheDataDownToTheLeastSize() {
        Options small = Options.withoutTop(32, 48, Optional.of(Pooling.AVERAGE));
        assertThat(Zoo.named("googlenet").network(small).output().outputShape()).isEqualTo(Shape.of(1024));
        assertThat(Zoo.named("googlenet")
                        .network(Options.withTop(33, 33, 5))
                        .output()
                        .outputShape())
                .isEqualTo(Shape.of(5));
        assertThatThrownBy(() -> Zoo.named("googlenet").network(Options.withTop(31, 32)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("googlenet needs images of at least 32x32");
    }

    @Test
    void saysThatItHasNoPublishedWeights() {
        assertThatThrownBy(() -> Zoo.named("googlenet").weights())
                .hasMessageContaining("googlenet has no published weights: train it (cnn train DATA -m googlenet");
    }

    private long sum(String module, ToLongFunction<Node> count) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(module) || node.name().startsWith(module + "_"))
                .mapToLong(count)
                .sum();
    }

    private static long kernels(Node node) {
        return node.weights().stream()
                .filter(weight -> weight.role().isKernel())
                .map(WeightSpec::shape)
                .mapToLong(Shape::elements)
                .sum();
    }
}
