package cnn.keras;

import static cnn.keras.KerasConfigs.layer;
import static org.assertj.core.api.Assertions.assertThat;

import cnn.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelTraceTest {

    @Test
    void knowsLayersThatScalePixelsFrom0To255() {
        assertThat(inside(layer("Rescaling", "r", "\"scale\":0.00392,\"offset\":0.0", "x")))
                .isTrue();
        assertThat(inside(layer("Rescaling", "r", "\"scale\":1.0,\"offset\":[-103.9,-116.8,-123.7]", "x")))
                .isTrue();
        assertThat(inside(layer("Normalization", "n", "\"axis\":[-1],\"mean\":[120.0],\"variance\":[900.0]", "x")))
                .isTrue();
        assertThat(inside(layer("Rescaling", "r", "\"scale\":2.0,\"offset\":-1.0", "x")))
                .as("of pixels from 0 to 1")
                .isFalse();
        assertThat(inside(layer("Normalization", "n", "\"mean\":[0.5],\"variance\":[0.1]", "x")))
                .isFalse();
        assertThat(inside(layer("Conv2D", "c", "\"filters\":3", "x"))).isFalse();
    }

    @Test
    void looksBehindWhatOnlyMovesPixels() {
        String scaling = layer("Rescaling", "r", "\"scale\":0.00392", "x");
        assertThat(inside(layer("RandomFlip", "f", "", "x"), layer("ZeroPadding2D", "p", "", "f"), scaling))
                .isTrue();
        assertThat(inside(layer("Conv2D", "c", "", "x"), scaling))
                .as("of features")
                .isFalse();
    }

    @Test
    void leavesANormalizationThatWasAdaptedToItsWeights() {
        ScalingEvidence evidence = evidence(layer("Normalization", "n", "\"axis\":[-1]", "x"));
        assertThat(evidence.inside()).isFalse();
        assertThat(evidence.adapted()).contains("n0");
    }

    private static boolean inside(String... layers) {
        return evidence(layers).inside();
    }

    /** Layers one behind the other. */
    private static ScalingEvidence evidence(String... layers) {
        PixelTrace pixels = new PixelTrace();
        pixels.enter("m", "x");
        String before = "x";
        for (int i = 0; i < layers.length; i++) {
            LayerConfig config = LayerConfig.of(JsonObject.parse("model_config", layers[i]));
            String node = config.name() + i;
            pixels.add(
                    new ModelGraph.Entry(config, config, false, config.name(), Call.on(before)), List.of(before), node);
            before = node;
        }
        return pixels.evidence();
    }
}
