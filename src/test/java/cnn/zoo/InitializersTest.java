package cnn.zoo;

import static cnn.network.KernelInitializer.FAN_OUT_NORMAL;
import static cnn.network.KernelInitializer.FAN_OUT_UNIFORM;
import static cnn.network.KernelInitializer.GLOROT_UNIFORM;
import static cnn.network.KernelInitializer.HE_NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Dense;
import cnn.network.KernelInitializer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.SeparableConv2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks trained from scratch start as the files of Keras Applications declare, layer by layer. */
class InitializersTest {

    @ParameterizedTest
    @ValueSource(strings = {"efficientnet-b0", "efficientnetv2-b0", "efficientnetv2-s"})
    void efficientNetsScaleByTheConnectionsGoingOut(String name) {
        for (Node node : network(name).nodes()) {
            check(node, node.layer() instanceof Dense ? FAN_OUT_UNIFORM : FAN_OUT_NORMAL);
        }
    }

    @Test
    void nasNetStartsPlainConvolutionsAsHeDid() {
        for (Node node : network("nasnet-mobile").nodes()) {
            boolean byDefault = node.layer() instanceof SeparableConv2D || node.layer() instanceof Dense;
            check(node, byDefault ? GLOROT_UNIFORM : HE_NORMAL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vgg16",
                "resnet50",
                "resnet50v2",
                "densenet121",
                "inception-v3",
                "inception-resnet-v2",
                "xception",
                "mobilenet",
                "mobilenetv2-1.0",
                "mobilenetv3-small-1.0",
                "convnext-tiny"
            })
    void othersDeclareNothing(String name) {
        network(name).nodes().forEach(node -> check(node, GLOROT_UNIFORM));
    }

    private static void check(Node node, KernelInitializer expected) {
        boolean hasKernel =
                node.weights().stream().anyMatch(weight -> weight.name().endsWith("kernel"));
        if (hasKernel) {
            assertThat(node.layer().kernelInitializer()).as(node.name()).isEqualTo(expected);
        }
    }

    private static Network network(String name) {
        ZooModel model = Zoo.named(name);
        return model.network(model.withTop(model.inputSize(), model.inputSize()));
    }
}
