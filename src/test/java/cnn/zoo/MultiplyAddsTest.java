package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Multiply-adds, in the table and as counted layer by layer, beside published ones. */
class MultiplyAddsTest {

    static Stream<ZooModel> published() {
        return Zoo.models().stream()
                .filter(model -> model.published().isPresent())
                .flatMap(model -> Stream.concat(Stream.of(model), model.editions().values().stream()));
    }

    @ParameterizedTest
    @MethodSource("published")
    void areThoseOfTheLayers(ZooModel model) {
        assertThat(model.multiplyAdds())
                .isEqualTo(model.network(model.withTop(model.inputSize(), model.inputSize()))
                        .multiplyAdds());
    }

    /** In millions; of the papers, torchvision's documentation, TensorFlow-Slim's tables. */
    @ParameterizedTest
    @CsvSource({
        "vgg16, 15470",
        "vgg19, 19632",
        "resnet50, 3860",
        "resnet101, 7570",
        "resnet152, 11300",
        "inception-v3, 5713",
        "inception-resnet-v2, 13200",
        "xception, 8400",
        "densenet121, 2834",
        "densenet169, 3360",
        "densenet201, 4291",
        "mobilenet, 569",
        "mobilenet@192, 418",
        "mobilenet@160, 291",
        "mobilenet@128, 186",
        "mobilenet-0.75, 325",
        "mobilenet-0.50, 149",
        "mobilenet-0.25, 41",
        "mobilenetv2-1.4, 582",
        "mobilenetv2-1.3, 509",
        "mobilenetv2-1.0, 301",
        "mobilenetv2-1.0@96, 56",
        "mobilenetv2-0.75, 209",
        "mobilenetv2-0.5, 97",
        "mobilenetv2-0.35, 59",
        "mobilenetv3-large-1.0, 217",
        "mobilenetv3-large-0.75, 155",
        "mobilenetv3-large-minimalistic, 209",
        "mobilenetv3-small-1.0, 56.5",
        "nasnet-mobile, 564",
        "nasnet-large, 23800",
        "efficientnet-b0, 386",
        "efficientnet-b1, 687",
        "efficientnet-b3, 1827",
        "efficientnet-b4, 4394",
        "efficientnet-b5, 10266",
        "efficientnet-b6, 19068",
        "efficientnet-b7, 37746",
        "efficientnetv2-s, 8366",
        "efficientnetv2-m, 24582",
        "efficientnetv2-l, 56080",
        "convnext-tiny, 4456",
        "convnext-small, 8684",
        "convnext-base, 15355",
        "convnext-large, 34361"
    })
    void areThePublishedOnes(String name, double millions) {
        assertThat(Zoo.named(name).multiplyAdds() / 1e6).isCloseTo(millions, withPercentage(1));
    }
}
