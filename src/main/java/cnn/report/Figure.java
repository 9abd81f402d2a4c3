package cnn.report;

import cnn.metrics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures as people read them: four decimals, no more than the number of images earns. */
final class Figure {

    private Figure() {}

    static String of(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** With its sign. */
    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }

    /** Nothing for what is not defined. */
    static String of(OptionalDouble value) {
        return value.isPresent() ? of(value.getAsDouble()) : "";
    }

    static String of(Interval interval) {
        return of(interval.low()) + " to " + of(interval.high());
    }

    static String signed(Interval interval) {
        return signed(interval.low()) + " to " + signed(interval.high());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** With three digits or more, and what they count: {@code 25.6M}, {@code 3.86G}. */
    static String inMillions(long number) {
        double thousands = number / 1e3;
        String[] units = {"k", "M", "G"};
        int unit = 0;
        while (unit < units.length - 1 && thousands >= 999.5) {
            thousands /= 1e3;
            unit++;
        }
        String digits = thousands < 9.995 ? "%.2f" : thousands < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits, thousands) + units[unit];
    }

    /** Any value; a number of more than four significant digits with four, and without an exponent. */
    static String plain(Object value) {
        return value instanceof Double || value instanceof Float
                ? new BigDecimal(value.toString())
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    /** A probability of chance; the smallest ones by their order only. */
    static String chance(double p) {
        return p < 1e-4 ? "< 0.0001" : of(p);
    }
}
