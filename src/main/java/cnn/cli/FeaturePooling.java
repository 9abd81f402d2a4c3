package cnn.cli;

import cnn.network.Pooling;
import java.util.Optional;

/** What becomes of feature maps. */
enum FeaturePooling {
    NONE(Optional.empty()),
    AVG(Optional.of(Pooling.AVERAGE)),
    MAX(Optional.of(Pooling.MAX));

    private final Optional<Pooling> pooling;

    FeaturePooling(Optional<Pooling> pooling) {
        this.pooling = pooling;
    }

    Optional<Pooling> pooling() {
        return pooling;
    }
}
