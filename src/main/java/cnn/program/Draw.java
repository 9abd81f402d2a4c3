package cnn.program;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Random numbers that values are multiplied with, or that are added to them, in training. They depend on seed, layer and step
 * only, so that a resumed run draws the same.
 *
 * @param amount a rate, or a standard deviation
 */
public record Draw(Kind kind, double amount) {
    /** What a dropped number becomes before it is scaled: SELU's limit (Klambauer et al. 2017). */
    private static final double ALPHA = -1.7580993408473766;

    /** How the numbers are drawn. */
    public enum Kind {
        /** Zeros and factors that make up for them. */
        DROPOUT,
        /** Around 1. */
        GAUSSIAN_FACTORS,
        /** Around 0. */
        GAUSSIAN_TERMS,
        /** Zeros and factors, which go with the terms. */
        ALPHA_FACTORS,
        ALPHA_TERMS
    }

    /** Whether the numbers are added. */
    public boolean isAdded() {
        return kind == Kind.GAUSSIAN_TERMS || kind == Kind.ALPHA_TERMS;
    }

    /** Draws as many as there is room for. */
    public void fill(FloatBuffer numbers, long seed, String layer, long step) {
        switch (kind) {
            case DROPOUT -> DropoutMask.fill(numbers, amount, seed, layer, step);
            case GAUSSIAN_FACTORS -> fillGaussian(numbers, 1, Math.sqrt(amount / (1 - amount)), seed, layer, step);
            case GAUSSIAN_TERMS -> fillGaussian(numbers, 0, amount, seed, layer, step);
            case ALPHA_FACTORS, ALPHA_TERMS -> fillAlpha(numbers, seed, layer, step);
        }
    }

    private static void fillGaussian(
            FloatBuffer numbers, double mean, double deviation, long seed, String layer, long step) {
        SplittableRandom random = new SplittableRandom(seed + 31L * (layer.hashCode() + 31L * step));
        while (numbers.hasRemaining()) {
            numbers.put((float) (mean + deviation * random.nextGaussian()));
        }
    }

    /** Keras's {@code alpha_dropout.py}: a (x kept + ALPHA dropped) + b, which keeps mean and variance. */
    private void fillAlpha(FloatBuffer numbers, long seed, String layer, long step) {
        int start = numbers.position();
        DropoutMask.fill(numbers, amount, seed, layer, step);
        double a = 1 / Math.sqrt((1 - amount) * (1 + amount * ALPHA * ALPHA));
        double b = -a * ALPHA * amount;
        for (int i = start; i < numbers.position(); i++) {
            boolean kept = numbers.get(i) != 0;
            double factor = kept ? a : 0;
            double term = (kept ? 0 : a * ALPHA) + b;
            numbers.put(i, (float) (isAdded() ? term : factor));
        }
    }
}
