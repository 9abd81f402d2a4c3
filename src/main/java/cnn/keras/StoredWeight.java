package cnn.keras;

import cnn.network.Shape;

/**
 * One dataset of a Keras file.
 *
 * @param layer the group under which it is listed
 * @param name as listed, for example {@code conv1/kernel:0}
 * @param shape of the dataset
 */
record StoredWeight(String layer, String name, Shape shape) {

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
}
