package cnn.program;

import cnn.network.BatchNormalization;
import cnn.network.Node;

/**
 * A batch norm of a network.
 *
 * @param layer where its weights are
 * @param terms its numbers
 */
public record Norm(Node layer, BatchNormalization terms) {}
