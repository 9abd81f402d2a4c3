package cnn.evaluate;

/**
 * How near a layer's values are to those of float32.
 *
 * @param decibels signal-to-noise: ten times the logarithm of the sum of the squares of the exact values over that of the
 *     squares of the errors; infinite where there are none
 */
public record LayerNoise(String layer, double decibels) {}
