package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.zoo.Options;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import org.junit.jupiter.api.Test;

class NetworkLayoutTest {

    @Test
    void layersOfSequentialsAreOneGroup() {
        ZooModel convNeXt = Zoo.named("convnext-tiny");
        NetworkLayout layout = NetworkLayout.of(convNeXt.network(Options.withTop(32, 32)), convNeXt.sequential());
        assertThat(layout.groupsWithWeights())
                .extracting(NetworkLayout.Group::name)
                .startsWith("convnext_tiny_stem", "convnext_tiny_stage_0_block_0_depthwise_conv")
                .contains("convnext_tiny_downsampling_block_0", "convnext_tiny_downsampling_block_2");
        NetworkLayout.Group stem = layout.groupsWithWeights().get(0);
        assertThat(stem.type()).isEqualTo("Sequential");
        assertThat(stem.inner())
                .extracting(NetworkLayout.Group::name)
                .containsExactly("convnext_tiny_stem_conv", "convnext_tiny_stem_layernorm");
        assertThat(stem.slots()).hasSize(4);
    }
}
