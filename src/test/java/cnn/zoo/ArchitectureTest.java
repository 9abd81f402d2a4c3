package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Pooling;
import cnn.network.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures are those that Keras prints. */
class ArchitectureTest {

    @Test
    void hasKerasParameterCounts() {
        assertThat(Zoo.named("vgg16").network(Options.withTop(224, 224)).parameters())
                .isEqualTo(138_357_544);
        assertThat(Zoo.named("resnet50").network(Options.withTop(224, 224)).parameters())
                .isEqualTo(25_636_712);
        assertThat(Zoo.named("resnet50")
                        .forms()
                        .get(1)
                        .build(Options.withTop(224, 224))
                        .parameters())
                .isEqualTo(25_636_712);
        assertThat(Zoo.named("inception-v3").network(Options.withTop(299, 299)).parameters())
                .isEqualTo(23_851_784);
    }

    @Test
    void hasKerasParameterCountsWithoutTop() {
        Options options = Options.withoutTop(200, 200, Optional.empty());
        assertThat(Zoo.named("vgg16").network(options).parameters()).isEqualTo(14_714_688);
        assertThat(Zoo.named("resnet50").network(options).parameters()).isEqualTo(23_587_712);
        assertThat(Zoo.named("inception-v3").network(options).parameters()).isEqualTo(21_802_784);
    }

    @Test
    void hasKerasTrainableCounts() {
        assertThat(Zoo.named("resnet50").network(Options.withTop(224, 224)).trainableParameters())
                .isEqualTo(25_583_592);
        assertThat(Zoo.named("inception-v3").network(Options.withTop(299, 299)).trainableParameters())
                .isEqualTo(23_817_352);
        assertThat(mobileNet(1.0, Options.withTop(224, 224)).trainableParameters())
                .isEqualTo(4_231_976);
    }

    @ParameterizedTest
    @CsvSource({"1.0,4253864,3228864", "0.75,2601976,1832976", "0.50,1342536,829536", "0.25,475544,218544"})
    void hasKerasParameterCountsAtEveryAlphaOfMobileNet(double alpha, long withTop, long withoutTop) {
        assertThat(mobileNet(alpha, Options.withTop(224, 224)).parameters()).isEqualTo(withTop);
        assertThat(mobileNet(alpha, Options.withoutTop(224, 224, Optional.empty()))
                        .parameters())
                .isEqualTo(withoutTop);
    }

    @Test
    void countsMultiplyAddsOfConvolutionsAndDenseLayers() {
        Network vgg16 = Zoo.named("vgg16").network(Options.withTop(224, 224));
        assertThat(vgg16.node("block1_conv1").multiplyAdds()).isEqualTo(224 * 224 * 64 * 27);
        assertThat(vgg16.multiplyAdds()).isEqualTo(15_470_264_320L);
        assertThat(Zoo.named("resnet50").network(Options.withTop(224, 224)).multiplyAdds())
                .isEqualTo(3_857_973_248L);
        assertThat(mobileNet(1.0, Options.withTop(224, 224)).multiplyAdds()).isEqualTo(568_740_352L);
    }

    @Test
    void ordersLayersAsKerasDoes() {
        Network network = Zoo.named("resnet50").network(Options.withTop(224, 224));
        List<String> names = network.nodes().stream().map(Node::name).toList();
        int block = names.indexOf("conv2_block1_2_relu");
        assertThat(names.subList(block, block + 7))
                .containsExactly(
                        "conv2_block1_2_relu",
                        "conv2_block1_0_conv",
                        "conv2_block1_3_conv",
                        "conv2_block1_0_bn",
                        "conv2_block1_3_bn",
                        "conv2_block1_add",
                        "conv2_block1_out");
        assertThat(names.get(0)).isEqualTo("input_1");
        assertThat(names).endsWith("avg_pool", "predictions");
    }

    @Test
    void takesOtherInputSizesWithoutTop() {
        Network network = mobileNet(1.0, Options.withoutTop(200, 160, Optional.empty()));
        assertThat(network.output().outputShape()).isEqualTo(Shape.of(6, 5, 1024));
        Network pooled = Zoo.named("inception-v3").network(Options.withoutTop(200, 200, Optional.of(Pooling.MAX)));
        assertThat(pooled.output().outputShape()).isEqualTo(Shape.of(2048));
        assertThat(pooled.output().name()).isEqualTo("global_max_pooling2d");
    }

    @Test
    void refusesInputsThatAreTooSmall() {
        assertThatThrownBy(() -> Zoo.named("inception-v3").network(Options.withTop(74, 299)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("inception-v3 needs images of at least 75x75");
    }

    @Test
    void keepsItsLayersUnderAnotherInput() {
        Network network = Zoo.named("vgg16").network(Options.withoutTop(64, 64, Optional.empty()));
        Network larger = network.withInput(Shape.of(96, 64, 3));
        assertThat(larger.output().outputShape()).isEqualTo(Shape.of(3, 2, 512));
        assertThat(larger.nodes()).hasSameSizeAs(network.nodes());
    }

    @Test
    void leavesOutWhatLiesAboveALayer() {
        Network part = Zoo.named("vgg16").network(Options.withTop(224, 224)).upTo("fc2");
        assertThat(part.output().outputShape()).isEqualTo(Shape.of(4096));
        assertThat(part.parameters()).isEqualTo(138_357_544 - 4_097_000);
    }

    private static Network mobileNet(double alpha, Options options) {
        return Zoo.named(alpha == 1 ? "mobilenet" : "mobilenet-%.2f".formatted(alpha))
                .network(options);
    }
}
