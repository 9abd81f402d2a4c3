package cnn.network;

/**
 * A layer that the user spelled.
 *
 * @param kind what Keras builds its name from
 */
public record SpelledLayer(String kind, Layer layer) {}
