package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognisedNetworkTest {

    /** Names of models as Keras Applications gives them, and of layers of theirs. */
    @ParameterizedTest
    @CsvSource({
        "vgg16,block5_conv3,CAFFE",
        "vgg19_1,block5_conv3,CAFFE",
        "resnet50,conv2_block1_1_conv,CAFFE",
        "resnet50v2,conv2_block1_preact_bn,TF",
        "densenet121,conv2_block1_concat,TORCH",
        "inception_v3,mixed10,TF",
        "inception_resnet_v2,mixed_5b,TF",
        "xception,block1_conv1_act,TF",
        "mobilenet_1.00_224,conv_dw_1,TF",
        "mobilenet_0.25_96,conv_dw_1,TF",
        "mobilenetv2_1.00_224,bn_Conv1,TF",
        "nasnet_mobile,reduction_conv_1_stem_1,TF"
    })
    void knowsHowTheirPixelsAreScaledByModelOrLayer(String model, String layer, Preprocessing scaling) {
        assertThat(RecognisedNetwork.in(List.of("sequential", model), List.of())
                        .orElseThrow()
                        .preprocessing())
                .isEqualTo(scaling);
        assertThat(RecognisedNetwork.in(List.of("model"), List.of("dense", layer))
                        .orElseThrow()
                        .preprocessing())
                .isEqualTo(scaling);
    }

    @Test
    void recognisesXceptionThoughVggHasLayersOfTheSameName() {
        List<String> layers = List.of("block1_conv1", "block1_conv1_act", "block5_conv3");
        assertThat(RecognisedNetwork.in(List.of(), layers)).contains(RecognisedNetwork.XCEPTION);
    }

    @Test
    void doesNotKnowOthers() {
        assertThat(RecognisedNetwork.in(List.of("sequential", "my_vgg16_like"), List.of("conv2d", "dense")))
                .isEmpty();
    }

    @Test
    void scalesAsKerasDoes() {
        float[] torch = {255, 0, 127.5f};
        Preprocessing.TORCH.scale(torch, 0, 3);
        assertThat(torch[0]).isCloseTo(2.2489083f, offset(1e-6f));
        assertThat(torch[1]).isCloseTo(-2.0357144f, offset(1e-6f));
        assertThat(torch[2]).isCloseTo(0.41777777f, offset(1e-6f));
        float[] raw = {255, 0, 127.5f};
        Preprocessing.RAW.scale(raw, 0, 3);
        assertThat(raw).containsExactly(255, 0, 127.5f);
        for (Preprocessing one : Preprocessing.values()) {
            assertThat(Preprocessing.named(one.word())).contains(one);
        }
    }
}
