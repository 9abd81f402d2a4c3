package cnn.zoo;

import cnn.network.Network;

/** Builds a network, for any input size that its layers allow. */
@FunctionalInterface
public interface Architecture {

    /**
     * @throws cnn.UserError if the input is too small
     */
    Network build(Options options);
}
