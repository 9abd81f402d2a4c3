package cnn.program;

import cnn.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** By what the range is chosen that 8 bits are to hold; numbers outside it become its ends. */
public enum RangeMethod {
    /** All numbers seen. */
    MINMAX,
    /** All but one in a hundred thousand. */
    PERCENTILE,
    /** So that the numbers' distribution loses the least information (Migacz 2017, "8-bit inference with TensorRT"). */
    ENTROPY,
    /** So that the mean squared error is least. */
    MSE;

    /**
     * The method of that name.
     *
     * @throws UserError if there is none
     */
    public static RangeMethod of(String id) {
        return Arrays.stream(values())
                .filter(method -> method.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserError.usage("no method '%s'; there are %s"
                        .formatted(
                                id, Arrays.stream(values()).map(RangeMethod::id).collect(Collectors.joining(", ")))));
    }

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
