package cnn.features;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Pooling;
import cnn.network.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeatureLayoutTest {
    private static final Network NETWORK = network();
    private static final Node MAP = NETWORK.input();
    private static final Node VECTOR = NETWORK.output();

    /** Two images of 2x1 pixels and 2 channels, and vectors of 4. */
    private static final float[] MAPS = {1, 8, 3, 2, -5, -6, -7, -9};

    private static final float[] VECTORS = {10, 11, 12, 13, 20, 21, 22, 23};

    @Test
    void takesTheMeanOrTheMaximumOfEachChannel() {
        FeatureLayout mean = new FeatureLayout(List.of(MAP), Optional.of(Pooling.AVERAGE));
        FeatureLayout max = new FeatureLayout(List.of(MAP), Optional.of(Pooling.MAX));
        assertThat(mean.features(List.of(MAPS), 0)).containsExactly(2, 5);
        assertThat(mean.features(List.of(MAPS), 1)).containsExactly(-6, -7.5f);
        assertThat(max.features(List.of(MAPS), 1)).containsExactly(-5, -6);
        assertThat(max.shape()).isEqualTo(Shape.of(2));
    }

    @Test
    void keepsTheShapeOfOneLayerWithoutPooling() {
        FeatureLayout layout = new FeatureLayout(List.of(MAP), Optional.empty());
        assertThat(layout.shape()).isEqualTo(Shape.of(2, 1, 2));
        assertThat(layout.features(List.of(MAPS), 1)).containsExactly(-5, -6, -7, -9);
    }

    @Test
    void leavesVectorsAsTheyAre() {
        FeatureLayout layout = new FeatureLayout(List.of(VECTOR), Optional.of(Pooling.MAX));
        assertThat(layout.shape()).isEqualTo(Shape.of(4));
        assertThat(layout.features(List.of(VECTORS), 1)).containsExactly(20, 21, 22, 23);
    }

    @Test
    void joinsSeveralLayersInTheOrderAskedFor() {
        FeatureLayout pooled = new FeatureLayout(List.of(VECTOR, MAP), Optional.of(Pooling.AVERAGE));
        assertThat(pooled.features(List.of(VECTORS, MAPS), 0)).containsExactly(10, 11, 12, 13, 2, 5);
        FeatureLayout flat = new FeatureLayout(List.of(MAP, VECTOR), Optional.empty());
        assertThat(flat.features(List.of(MAPS, VECTORS), 1)).containsExactly(-5, -6, -7, -9, 20, 21, 22, 23);
        assertThat(flat.shape()).isEqualTo(Shape.of(8));
    }

    private static Network network() {
        NetworkBuilder builder = Network.builder("tiny", "input", Shape.of(2, 1, 2));
        return builder.build(builder.add("flat", new Flatten(), builder.input()));
    }
}
