package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cnn.network.Node;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers with weights stand in Keras's order, by which weight files are read. */
class KerasLayerOrderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DenseNet121",
                "DenseNet169",
                "DenseNet201",
                "ResNet50V2",
                "ResNet101V2",
                "ResNet152V2",
                "Xception",
                "InceptionV3",
                "InceptionResNetV2",
                "NASNetMobile",
                "NASNetLarge",
                "ConvNeXtTiny",
                "ConvNeXtSmall",
                "ConvNeXtBase",
                "ConvNeXtLarge",
                "ConvNeXtXLarge"
            })
    void isKeras(String name) throws IOException {
        Path file = Path.of("..", "shared", "keras", "order", name + ".json");
        assumeThat(file).exists();
        List<?> rows = (List<?>) JSON.std.mapFrom(file.toFile()).get("layers");
        ZooModel model = Zoo.named(name);
        List<Node> nodes = model.network(model.withTop(model.inputSize(), model.inputSize()))
                .nodes();
        assertThat(nodes.stream().filter(node -> !node.weights().isEmpty()).map(KerasLayerOrderTest::text))
                .containsExactlyElementsOf(
                        rows.stream().flatMap(KerasLayerOrderTest::texts).toList());
    }

    private static String text(Node node) {
        return node.name() + " "
                + node.weights().stream()
                        .map(weight -> weight.shape().sizes().toString())
                        .toList();
    }

    /** Of a layer with weights, or of those in a Sequential. */
    private static Stream<String> texts(Object row) {
        List<?> layer = (List<?>) row;
        List<?> weights = (List<?>) layer.get(3);
        if (weights.isEmpty()) {
            return Stream.of();
        }
        if (((List<?>) weights.get(0)).get(1) instanceof String) {
            return weights.stream().flatMap(KerasLayerOrderTest::texts);
        }
        List<String> shapes = weights.stream()
                .map(weight -> ((List<?>) weight).get(1).toString())
                .toList();
        return Stream.of(layer.get(0) + " " + shapes);
    }
}
