package cnn.model;

import cnn.network.Pooling;
import java.util.List;
import java.util.Optional;

/**
 * What of a network to take as features.
 *
 * @param layers by name; none for what Keras's {@code include_top=False} gives
 * @param pooling what becomes of feature maps: the mean or maximum of each channel; empty: they stay maps
 */
public record FeatureRequest(List<String> layers, Optional<Pooling> pooling) {

    public FeatureRequest {
        layers = List.copyOf(layers);
    }
}
