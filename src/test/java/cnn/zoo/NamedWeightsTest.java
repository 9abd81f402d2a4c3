package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several published weights of one network, each with its name. */
class NamedWeightsTest {

    @Test
    void resNet50HasTwo() {
        ZooModel of2015 = Zoo.named("ResNet50@2015");
        assertThat(of2015.name()).isEqualTo("resnet50@2015");
        assertThat(of2015.weights().uri())
                .hasToString("https://github.com/fchollet/deep-learning-models/releases/download/v0.2/"
                        + "resnet50_weights_tf_dim_ordering_tf_kernels.h5");
        assertThat(of2015.weights().hashes()).containsExactly("a7b3fe01876f51b976af0dea6bc144eb");
        assertThat(layers(of2015)).contains("res2a_branch2a").doesNotContain("conv2_block1_1_conv");
        ZooModel of2019 = Zoo.named("resnet50@2019");
        assertThat(of2019.weights().hashes()).containsExactly("2cb95161c43110f7111970584f804107");
        assertThat(layers(of2019)).contains("conv2_block1_1_conv");
        assertThat(of2015.weights().fileName()).isNotEqualTo(of2019.weights().fileName());
    }

    @Test
    void theNameAloneTakesEitherFileThatBoreTheName() {
        assertThat(Zoo.named("resnet50").weights().hashes())
                .containsExactly("2cb95161c43110f7111970584f804107", "a7b3fe01876f51b976af0dea6bc144eb");
        assertThat(Zoo.named("resnet50").forms()).hasSize(2);
    }

    @Test
    void mobileNetsHaveOneForEachSize() {
        ZooModel small = Zoo.named("mobilenetv2-0.5@96");
        assertThat(small.inputSize()).isEqualTo(96);
        assertThat(small.weightsWithoutTop().fileName())
                .isEqualTo("mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_96_no_top.h5");
        assertThat(Zoo.named("MobileNet").editions()).containsOnlyKeys("224", "192", "160", "128");
        assertThat(Zoo.named("MobileNet").trainedAt(160).orElseThrow().name()).isEqualTo("mobilenet@160");
    }

    @Test
    void aNameThatSaysWhichTakesThemAtAnySize() {
        assertThat(Zoo.named("mobilenet@224").trainedAt(160)).isEmpty();
        assertThat(Zoo.named("mobilenet").trainedAt(224)).isEmpty();
        assertThat(Zoo.named("mobilenet").trainedAt(200)).isEmpty();
        assertThat(Zoo.named("vgg16").trainedAt(160)).isEmpty();
    }

    @Test
    void saysWhichThereAre() {
        assertThatThrownBy(() -> Zoo.named("resnet50@2017"))
                .isInstanceOf(UserError.class)
                .hasMessage("resnet50 has no weights '2017' but resnet50@2019, resnet50@2015");
        assertThatThrownBy(() -> Zoo.named("vgg16@2014"))
                .isInstanceOf(UserError.class)
                .hasMessage("vgg16 has one set of published weights at most: leave out '@2014'");
        assertThat(Zoo.isName("resnet50@2017")).isTrue();
    }

    static Stream<ZooModel> editions() {
        return Zoo.models().stream().flatMap(model -> model.editions().values().stream());
    }

    @ParameterizedTest
    @MethodSource("editions")
    void haveTheParametersOfTheirNetwork(ZooModel edition) {
        assertThat(edition.network(edition.withTop(edition.inputSize(), edition.inputSize()))
                        .parameters())
                .isEqualTo(edition.parameters());
    }

    @Test
    void noTwoFilesHaveOneName() {
        assertThat(Zoo.publishedWeights().values().stream()
                        .flatMap(weights -> Stream.of(weights.whole(), weights.withoutTop()))
                        .map(file -> file.fileName()))
                .doesNotHaveDuplicates();
    }

    @Test
    void convNeXtsHaveSha256s() {
        assertThat(Zoo.named("convnext-tiny").weights().hashes())
                .containsExactly("8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff");
    }

    private static List<String> layers(ZooModel model) {
        return model.network(Options.withTop(224, 224)).nodes().stream()
                .map(Node::name)
                .toList();
    }
}
