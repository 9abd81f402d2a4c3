package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.RandomWeights;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.program.Precision;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardPassesTest {

    @Test
    void refusesALayerByNameInsteadOfAskingAnotherEngine() {
        NetworkBuilder builder = Network.builder("table", "input", Shape.of(6));
        Network network = builder.build(builder.add("rows", new Reshape(Shape.of(2, 3)), "input"));
        List<String> output = List.of("rows");
        try (ForwardPass pass =
                new ForwardPasses(Engine.ONEDNN, Precision.FP32, 1).open(network, new RandomWeights(1), output)) {
            float[] values = {1, 2, 3, 4, 5, 6};
            assertThat(pass.run(FloatBuffer.wrap(values), 1).get(0)).isEqualTo(values);
        }
        assertThatThrownBy(() ->
                        new ForwardPasses(Engine.DL4J, Precision.FP32, 1).open(network, new RandomWeights(1), output))
                .hasMessage(
                        "table, layer rows: Deeplearning4j cannot compute an output of shape (2, 3); another engine may")
                .extracting(e -> ((UserError) e).kind())
                .isEqualTo(UserError.Kind.WEIGHTS);
    }
}
