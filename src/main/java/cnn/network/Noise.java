package cnn.network;

import java.util.List;
import java.util.Map;

/**
 * Random changes in training, of other kinds than {@link Dropout}; does nothing otherwise.
 *
 * @param amount the rate, or of Gaussian noise the standard deviation
 */
public record Noise(Kind kind, double amount) implements WeightlessLayer {

    /** What is changed; the type is that of the layer in Keras. */
    public enum Kind {
        /** Dropout of whole channels (Tompson et al. 2014). */
        SPATIAL_DROPOUT(KerasType.SPATIAL_DROPOUT2D, "rate"),
        /** Adds numbers around 0. */
        GAUSSIAN_NOISE(KerasType.GAUSSIAN_NOISE, "stddev"),
        /** Multiplies with numbers around 1 whose deviation is sqrt(rate / (1 - rate)). */
        GAUSSIAN_DROPOUT(KerasType.GAUSSIAN_DROPOUT, "rate"),
        /** Dropout that keeps mean and variance behind SELU (Klambauer et al. 2017). */
        ALPHA_DROPOUT(KerasType.ALPHA_DROPOUT, "rate");

        private final KerasType type;
        private final String argument;

        Kind(KerasType type, String argument) {
            this.type = type;
            this.argument = argument;
        }
    }

    public Noise {
        if (!(amount >= 0 && (amount < 1 || kind == Kind.GAUSSIAN_NOISE))) {
            throw new IllegalArgumentException("a dropout rate must be at least 0 and below 1, not " + amount);
        }
    }

    static Layer read(Kind kind, Arguments arguments) {
        return new Noise(kind, arguments.number(kind.argument, 0));
    }

    @Override
    public KerasType kerasType() {
        return kind.type;
    }

    @Override
    public Map<String, Object> arguments() {
        ArgumentText text = new ArgumentText().with(kind.argument, amount);
        return (kind == Kind.SPATIAL_DROPOUT ? text.dataFormat() : text).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.noise(this);
    }
}
