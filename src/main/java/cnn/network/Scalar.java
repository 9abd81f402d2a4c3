package cnn.network;

/**
 * One of the functions from number to number that activation functions are put together of.
 *
 * @param alpha the first number of its kind, 0 where it has none
 * @param beta the second
 */
public record Scalar(Kind kind, double alpha, double beta) {

    /** Of x, with the numbers a and b. */
    private interface Formula {
        double of(double x, double a, double b);
    }

    /** Those without a formula every engine has fast code for; the others are computed as their formula says. */
    public enum Kind {
        /** x, but a x where x is negative. */
        RELU(true),
        /** x, but a (e^x - 1) where x is negative. */
        ELU(true),
        /** No less than a, no more than b. */
        CLIP(true),
        /** a x + b. */
        LINEAR(true),
        /** 1 / (1 + e^-x). */
        LOGISTIC(true),
        TANH(true),
        EXP(true),
        /** log(1 + e^x). */
        SOFTPLUS(false),
        /** x times the normal distribution's cumulative function (Hendrycks and Gimpel 2016). */
        GELU(false),
        /** The same, approximated by tanh. */
        GELU_TANH(false),
        /** x / (1 + e^-ax) (Ramachandran et al. 2017). */
        SWISH(false),
        /** x min(max(x + 3, 0), 6) / 6 (Howard et al. 2019). */
        HARD_SWISH(false),
        /** x tanh(log(1 + e^x)) (Misra 2019). */
        MISH(false),
        /** x / (1 + |x|). */
        SOFTSIGN((x, a, b) -> x / (1 + Math.abs(x)), (x, a, b) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)))),
        /** x above a, else b (x - a). */
        THRESHOLD((x, a, b) -> x > a ? x : b * (x - a), (x, a, b) -> x > a ? 1 : b),
        /** x where |x| is above a, else 0. */
        HARD_SHRINK((x, a, b) -> Math.abs(x) > a ? x : 0, (x, a, b) -> Math.abs(x) > a ? 1 : 0),
        /** x moved by a towards 0. */
        SOFT_SHRINK((x, a, b) -> Math.signum(x) * Math.max(Math.abs(x) - a, 0), (x, a, b) -> Math.abs(x) > a ? 1 : 0),
        /** x - tanh(x). */
        TANH_SHRINK((x, a, b) -> x - Math.tanh(x), (x, a, b) -> Math.tanh(x) * Math.tanh(x)),
        /** 0 up to -1, (x + 1)^2 / 4 up to 1, then x. */
        SPARSE_PLUS(
                (x, a, b) -> x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4,
                (x, a, b) -> Math.min(Math.max((x + 1) / 2, 0), 1)),
        /** (x + sqrt(x^2 + a)) / 2. */
        SQUARE_PLUS((x, a, b) -> (x + Math.sqrt(x * x + a)) / 2, (x, a, b) -> (1 + x / Math.sqrt(x * x + a)) / 2),
        /** 1 / sqrt(x), of no less than a. */
        INVERSE_ROOT((x, a, b) -> 1 / Math.sqrt(Math.max(x, a)), (x, a, b) -> x > a ? -0.5 / (x * Math.sqrt(x)) : 0);

        private final boolean invertible;
        private final Formula value;
        private final Formula slope;

        Kind(boolean invertible) {
            this.invertible = invertible;
            this.value = null;
            this.slope = null;
        }

        Kind(Formula value, Formula slope) {
            this.invertible = false;
            this.value = value;
            this.slope = slope;
        }
    }

    static Scalar of(Kind kind, double... numbers) {
        return new Scalar(kind, numbers.length > 0 ? numbers[0] : 0, numbers.length > 1 ? numbers[1] : 0);
    }

    /** x factor + shift. */
    public static Scalar linear(double factor, double shift) {
        return of(Kind.LINEAR, factor, shift);
    }

    /** 1 / sqrt(x), kept from becoming infinite as Keras's {@code normalize} does. */
    public static Scalar inverseRoot() {
        return of(Kind.INVERSE_ROOT, 1e-24);
    }

    /** Whether this is computed as its formula says, by {@link #value} and {@link #slope}. */
    public boolean hasFormula() {
        return kind.value != null;
    }

    /** Of a kind with a formula what it gives. */
    public double value(double x) {
        return kind.value.of(x, alpha, beta);
    }

    /** Of a kind with a formula the derivative. */
    public double slope(double x) {
        return kind.slope.of(x, alpha, beta);
    }

    /** Whether the derivative can be told from the result alone. */
    public boolean isDerivedFromResult() {
        boolean rises = kind == Kind.CLIP || kind == Kind.LINEAR || alpha >= 0;
        return kind.invertible && rises;
    }

    /** Whether no result is below zero where the argument is not. */
    public boolean keepsSign() {
        return kind != Kind.LINEAR;
    }

    /** Whether no result is below zero. */
    public boolean isNotNegative() {
        return switch (kind) {
            case RELU -> alpha == 0;
            case CLIP -> alpha >= 0;
            case LOGISTIC, EXP, SOFTPLUS, SPARSE_PLUS, SQUARE_PLUS -> true;
            default -> false;
        };
    }
}
