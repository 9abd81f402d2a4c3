package cnn.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cnn.network.Network;
import cnn.network.Node;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutsTest {

    @Test
    void areTheEndTheMiddleOfTheLastStageAndTheEndsOfThoseBefore() {
        assertThat(layers("mobilenet-0.25"))
                .containsExactly(
                        "conv_pw_13_relu", "conv_pw_12_relu", "conv_pw_11_relu", "conv_pw_5_relu", "conv_pw_3_relu");
        assertThat(new Cuts(base("mobilenet-0.25")).lastStage()).contains("conv_dw_12");
        assertThat(layers("resnet50"))
                .containsExactly(
                        "conv5_block3_out",
                        "conv5_block1_out",
                        "conv4_block6_out",
                        "conv3_block4_out",
                        "conv2_block3_out");
        assertThat(layers("vgg16")).containsExactly("block5_pool", "block5_conv3", "block4_conv3", "block3_conv3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mobilenetv2",
                "densenet121",
                "nasnet-mobile",
                "convnext-tiny",
                "efficientnetb0",
                "inception-v3",
                "lenet5"
            })
    void everythingPassesThroughThem(String name) {
        Network base = base(name);
        List<Node> layers = new Cuts(base).layers();
        assertThat(layers).hasSizeBetween(1, 5).doesNotHaveDuplicates().doesNotContain(base.input());
        assertThat(layers.get(0)).isEqualTo(base.output());
        assertThat(layers).extracting(layer -> base.nodes().indexOf(layer)).isSortedAccordingTo((a, b) -> b - a);
        for (Node layer : layers) {
            assertThatCode(() -> base.above(layer.name())).as(layer.name()).doesNotThrowAnyException();
        }
        Optional<String> stage = new Cuts(base).lastStage();
        assertThat(stage).isPresent();
        assertThat(base.has(stage.get())).isTrue();
    }

    private static List<String> layers(String name) {
        return new Cuts(base(name)).layers().stream().map(Node::name).toList();
    }

    private static Network base(String name) {
        ZooModel model = Zoo.named(name);
        return model.network(Options.withoutTop(model.inputSize(), model.inputSize(), Optional.empty()));
    }
}
