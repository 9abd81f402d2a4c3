package cnn.program;

/** A layer that is computed in float32 where the rest is computed with 8 bits, and why. */
public record FloatStep(String layer, String reason) {}
