package cnn.report;

import java.util.Locale;

/** Numbers with as many digits as a float has meaning: nine significant ones identify it. */
final class SignificantDigits {
    private static final double LEAST_PLAIN = 1e-4;

    private SignificantDigits() {}

    /** As JSON and csv readers take it, for example {@code 0.367412345}, or {@code 1.23456789e-07} for small numbers. */
    static String of(float value) {
        if (value == 0) {
            return "0.0";
        }
        double magnitude = Math.abs(value);
        if (magnitude < LEAST_PLAIN) {
            return String.format(Locale.ROOT, "%.8e", value);
        }
        int decimals = Math.max(1, 8 - (int) Math.floor(Math.log10(magnitude)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
