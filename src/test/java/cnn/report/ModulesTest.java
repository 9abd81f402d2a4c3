package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Network;
import cnn.network.Shape;
import cnn.report.Modules.Module;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModulesTest {

    static Stream<String> networks() {
        return Zoo.models().stream().map(ZooModel::name);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void countEveryLayerOnce(String name) {
        Network network = network(name);
        List<Module> modules = modules(name);
        assertThat(modules.stream().mapToInt(Module::layers).sum())
                .isEqualTo(network.nodes().size() - 1);
        assertThat(modules.stream().mapToLong(Module::parameters).sum()).isEqualTo(network.parameters());
        assertThat(modules.stream().mapToLong(Module::multiplyAdds).sum()).isEqualTo(network.multiplyAdds());
        assertThat(modules).extracting(Module::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "googlenet,inception_3a,8,163696,128049152",
        "googlenet,conv2,2,114944,359661568",
        "resnet50,conv2_block1,12,76928,231211008",
        "inception-v3,mixed0,23,256368,312345600",
        "inception-v3,conv2d,3,960,19181664",
        "mobilenet,conv_dw_1,3,416,3612672",
        "mobilenetv2-1.0,block_2,9,9456,25740288",
        "vgg16,block1,3,38720,1936392192",
        "xception,block2,9,36032,-1",
        "efficientnet-b0,block2b,15,11334,-1"
    })
    void areThoseThatPapersName(String name, String module, int layers, long parameters, long multiplyAdds) {
        Module found = modules(name).stream()
                .filter(one -> one.name().equals(module))
                .findFirst()
                .orElseThrow();
        assertThat(found.parameters()).isEqualTo(parameters);
        assertThat(multiplyAdds < 0 ? multiplyAdds : found.multiplyAdds()).isEqualTo(multiplyAdds);
        assertThat(found.layers()).isEqualTo(layers);
    }

    @Test
    void endInTheShapeOfTheirLastLayer() {
        assertThat(modules("inception-v3"))
                .filteredOn(module -> module.name().startsWith("mixed"))
                .hasSize(11)
                .extracting(Module::outputShape)
                .contains(Shape.of(35, 35, 256), Shape.of(17, 17, 768), Shape.of(8, 8, 1280))
                .endsWith(Shape.of(8, 8, 2048), Shape.of(8, 8, 2048));
    }

    private static List<Module> modules(String name) {
        Network network = network(name);
        return Modules.of(new NetworkSummary(network, network.trainableParameters()).layers());
    }

    private static Network network(String name) {
        ZooModel model = Zoo.named(name);
        return model.network(model.withTop(model.inputSize(), model.inputSize()));
    }
}
