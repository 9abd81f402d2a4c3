package cnn.keras;

import cnn.network.Shape;
import io.jhdf.api.Dataset;

/**
 * One dataset of a Keras file.
 *
 * @param layer the layer or group that it is listed under
 * @param name as listed, for example {@code conv1/kernel:0}, or {@code vars/0}
 * @param shape of the dataset
 */
record StoredWeight(String layer, String name, Shape shape, Dataset dataset) {

    static StoredWeight of(String layer, String name, Dataset dataset) {
        Shape shape = Shape.of(dataset.isScalar() ? new int[] {1} : dataset.getDimensions());
        return new StoredWeight(layer, name, shape, dataset);
    }

    /** Where it lies under the root of the weights. */
    String path() {
        return layer + "/" + name;
    }

    /**
     * What it is, in the words of today's Keras: {@code kernel} for {@code conv1/kernel:0} as well as for Keras 1's {@code
     * conv1_W_1:0}; empty for a name of no known pattern.
     */
    String kind() {
        String plain = name.substring(name.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
        for (WeightKind kind : WeightKind.values()) {
            if (kind.matches(plain)) {
                return kind.today();
            }
        }
        return "";
    }

    /** The layer that its name tells: {@code conv1} for {@code base/conv1/kernel:0}; empty if there is none. */
    String layerInName() {
        String[] parts = name.split("/");
        return parts.length < 2 ? "" : parts[parts.length - 2];
    }
}
