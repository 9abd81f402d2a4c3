package cnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each formula is reckoned out from its text and compared with what the layer has. */
class LayerFormulasTest {

    static Stream<String> networks() {
        return Zoo.models().stream().map(ZooModel::name);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void giveTheSizesAndCountsOfEveryLayer(String name) {
        ZooModel model = Zoo.named(name);
        Network network = model.network(model.withTop(model.inputSize(), model.inputSize()));
        network.nodes().forEach(LayerFormulasTest::check);
        assertThat(sum(network, "params")).isEqualTo(network.parameters());
        assertThat(sum(network, "multiply_adds")).isEqualTo(network.multiplyAdds());
    }

    @Test
    void tellEveryKernelAndWeight() {
        for (ZooModel model : Zoo.models()) {
            for (Node node : model.network(model.withTop(model.inputSize(), model.inputSize()))
                    .nodes()) {
                Map<String, Long> values = values(node);
                assertThat(values.containsKey("params")).as("%s", node).isEqualTo(node.parameters() > 0);
                assertThat(values.containsKey("multiply_adds")).as("%s", node).isEqualTo(node.multiplyAdds() > 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "conv:32:3,150x150x3,height,(150 - 3 + 2x0)/1 + 1,148",
        "conv:32:3,150x150x3,params,(3x3x3 + 1) x 32,896",
        "conv:32:3,150x150x3,multiply_adds,148x148x32 x 3x3x3,18925056",
        "conv:32:3,150x150x3,dense_equivalent,(150x150x3 + 1) x 148x148x32,47313340928",
        "conv:8:3/2,10x11x3,height,floor((10 - 3 + 2x0)/2) + 1,4",
        "conv:8:3/2,10x11x3,width,(11 - 3 + 2x0)/2 + 1,5",
        "conv:8:3/2:same,150x150x3,height,ceil(150/2),75",
        "maxpool:2,148x147x32,width,floor((147 - 2 + 2x0)/2) + 1,73",
        "depthwise:3,8x8x4,params,(3x3 + 1) x 4,40",
        "depthwise:3,8x8x4,multiply_adds,6x6x4 x 3x3,1296",
        "pad:2,32x32x3,height,32 + 2 + 2,36",
        "flatten,7x7x128,length,7x7x128,6272",
        "dense:512,6272,params,(6272 + 1) x 512,3211776",
        "dense:512,6272,multiply_adds,512 x 6272,3211264",
        "batchnorm,8x8x64,params,4 x 64,256"
    })
    void areThoseOfTheTutorials(String layer, String input, String of, String expression, long value) {
        Shape shape =
                Shape.of(Stream.of(input.split("x")).mapToInt(Integer::parseInt).toArray());
        assertThat(formulas(SpelledNetwork.of(layer, shape).output())).contains(new Formula(of, expression, value));
    }

    @Test
    void coverDilationGroupsAndTransposes() {
        Window dilated = new Window(3, 3, 2, 2, 2, 3, Padding.VALID);
        check(of(new Conv2D(8, dilated, 2, false, ActivationFunction.RELU, KernelInitializer.GLOROT_UNIFORM)));
        check(of(new SeparableConv2D(8, Window.of(3, 2, Padding.SAME), 2, true, ActivationFunction.RELU)));
        check(of(new DepthwiseConv2D(Window.of(3, 2, Padding.SAME), 3, true, ActivationFunction.RELU)));
        for (Padding padding : Padding.values()) {
            check(of(new Conv2DTranspose(8, Window.of(3, 2, padding), true, ActivationFunction.RELU, false)));
        }
        check(of(new Cropping2D(new Pads(1, 2, 3, 4))));
        check(of(new UpSampling2D(2, 3, false)));
        check(of(new PReLU(List.of(1, 2))));
        check(of(new PReLU(List.of())));
        check(of(new LayerScale(1)));
        check(of(new Dense(5, false, ActivationFunction.RELU)));
        check(of(new GroupNormalization(2, 1e-3, true, false)));
        check(of(new ChannelsFirst(new Conv2D(8, dilated, true, ActivationFunction.RELU))));
        assertThat(formulas(of(
                        new Conv2D(8, dilated, 2, false, ActivationFunction.RELU, KernelInitializer.GLOROT_UNIFORM))))
                .contains(
                        new Formula("height", "(23 - ((3 - 1)x2 + 1) + 2x0)/2 + 1", 10),
                        new Formula("params", "3x3x(24/2) x 8", 864));
    }

    private static Node of(Layer layer) {
        NetworkBuilder builder = Network.builder("one", "in", Shape.of(23, 22, 24));
        return builder.build(builder.add("layer", layer, "in")).output();
    }

    private static List<Formula> formulas(Node node) {
        return Stream.concat(LayerFormulas.of(node).stream(), DenseEquivalent.parameters(node).stream())
                .toList();
    }

    private static Map<String, Long> values(Node node) {
        return formulas(node).stream().collect(Collectors.toMap(Formula::of, Formula::value));
    }

    private static long sum(Network network, String of) {
        return network.nodes().stream()
                .mapToLong(node -> values(node).getOrDefault(of, 0L))
                .sum();
    }

    private static void check(Node node) {
        Shape output =
                node.layer() instanceof ChannelsFirst ? ChannelsFirst.last(node.outputShape()) : node.outputShape();
        for (Formula formula : formulas(node)) {
            long has =
                    switch (formula.of()) {
                        case "height" -> output.height();
                        case "width" -> output.width();
                        case "channels" -> output.channels();
                        case "length" -> output.elements();
                        case "params" -> node.parameters();
                        case "multiply_adds" -> node.multiplyAdds();
                        case "dense_equivalent" -> formula.value();
                        default -> throw new AssertionError("unknown " + formula);
                    };
            assertThat(formula.value()).as("%s of %s", formula, node).isEqualTo(has);
            assertThat(Expression.value(formula.expression()))
                    .as("%s of %s", formula, node)
                    .isEqualTo(has);
        }
    }
}
