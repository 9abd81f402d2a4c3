package cnn.keras;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Shape;

/**
 * How much a network that a file describes may ask for. Its weights are no question here, since the file must hold them;
 * but sizes of maps, windows and paddings cost a file nothing to claim.
 */
final class Demand {
    /** The deepest of Keras Applications have about 1,000. */
    static final int MOST_LAYERS = 10_000;

    /** Numbers that one layer gives for one image; EfficientNetB7 has 17 million at 600x600. */
    static final long MOST_NUMBERS = 1 << 25;

    /** For one image; the largest of Keras Applications have 6e10. */
    static final long MOST_MULTIPLY_ADDS = 1L << 40;

    /** Whether the user chose the size of the input, and with it what the layers cost. */
    private final boolean sizeChosen;

    private int layers;

    Demand(boolean sizeChosen) {
        this.sizeChosen = sizeChosen;
    }

    /** @throws UserError of kind WEIGHTS if the layer, or one more layer, is too much */
    void add(String layer, Shape output) {
        if (++layers > MOST_LAYERS) {
            throw UserError.weights("the model has more than %,d layers".formatted(MOST_LAYERS));
        }
        if (!sizeChosen && output.elements() > MOST_NUMBERS) {
            throw UserError.weights(
                    "layer %s gives %s, more than %,d numbers for one image; if that is meant: --input-size"
                            .formatted(layer, output, MOST_NUMBERS));
        }
    }

    /** @throws UserError of kind WEIGHTS if all layers together are too much */
    void check(Network network) {
        if (!sizeChosen && network.multiplyAdds() > MOST_MULTIPLY_ADDS) {
            throw UserError.weights("the model needs %,d multiply-adds for one image, more than %,d; if that is meant: "
                            .formatted(network.multiplyAdds(), MOST_MULTIPLY_ADDS)
                    + "--input-size");
        }
    }
}
