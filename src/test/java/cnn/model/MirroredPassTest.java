package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class MirroredPassTest {
    private static final float[] TWO_IMAGES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final float[] MIRRORED = {5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8};

    @Test
    void givesTheMeanWhicheverOpensFirstAndSaysSo() {
        NetworkBuilder builder = Network.builder("small", "input", Shape.of(1, 3, 2));
        String flat = builder.add("flatten", new Flatten(), "input");
        Network network = builder.build(builder.add("dense", new Dense(2, true, ActivationFunction.SOFTMAX), flat));
        try (Model plain = OpenModels.of(network, new RandomWeights(1));
                Model before = OpenModels.of(network, new RandomWeights(1));
                Model after = OpenModels.of(network, new RandomWeights(1))) {
            before.mirror();
            after.pass();
            after.mirror();
            after.mirror();
            float[] seen =
                    plain.pass().run(FloatBuffer.wrap(TWO_IMAGES), 2).get(0).clone();
            float[] mirrored =
                    plain.pass().run(FloatBuffer.wrap(MIRRORED), 2).get(0).clone();
            float[] mean = new float[seen.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (seen[i] + mirrored[i]) / 2;
            }
            assertThat(before.pass().run(FloatBuffer.wrap(TWO_IMAGES), 2).get(0))
                    .isEqualTo(mean);
            assertThat(after.pass().run(FloatBuffer.wrap(TWO_IMAGES), 2).get(0))
                    .isEqualTo(mean)
                    .isNotEqualTo(seen);
            assertThat(after.identity()).isEqualTo(before.identity()).isNotEqualTo(plain.identity());
        }
    }
}
