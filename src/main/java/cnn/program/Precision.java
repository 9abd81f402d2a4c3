package cnn.program;

import cnn.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The number type of weights and of the activations between layers; inputs and outputs are always float. */
public enum Precision {
    FP32,
    /** 8 bits of mantissa; sums are kept in float. */
    BF16,
    /** Whole numbers of 8 bits, each value on a scale of its own that {@link Ranges} tell; sums are exact. */
    INT8;

    /**
     * The precision of that name.
     *
     * @throws UserError if there is none
     */
    public static Precision of(String id) {
        return Arrays.stream(values())
                .filter(precision -> precision.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserError.usage("no precision '%s'; there are %s"
                        .formatted(
                                id, Arrays.stream(values()).map(Precision::id).collect(Collectors.joining(", ")))));
    }

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
