package cnn.metrics;

import org.apache.commons.math3.special.Erf;

/**
 * McNemar's test of two models on the same images: whether one of them is right more often than chance explains.
 *
 * @param onlyFirst images that only the first model gets right
 * @param onlySecond images that only the second one gets right
 * @param method how {@code p} was found
 * @param p the probability of a difference at least as large, were the models equally good
 */
public record McNemar(int onlyFirst, int onlySecond, Method method, double p) {
    private static final int ENOUGH = 25;

    /** How the probability is computed. */
    public enum Method {
        /** Two-sided binomial test; for fewer than 25 images on which the models disagree. */
        EXACT_BINOMIAL("exact binomial"),
        /** The square of (|b - c| - 1) over b + c, as chi-square of one degree of freedom (Edwards 1948). */
        CHI_SQUARE("chi-square with continuity correction");

        private final String words;

        Method(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The test on whether each image was right by the first and by the second model. */
    public static McNemar of(boolean[] first, boolean[] second) {
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < first.length; i++) {
            onlyFirst += first[i] && !second[i] ? 1 : 0;
            onlySecond += second[i] && !first[i] ? 1 : 0;
        }
        return of(onlyFirst, onlySecond);
    }

    static McNemar of(int onlyFirst, int onlySecond) {
        return onlyFirst + onlySecond < ENOUGH
                ? new McNemar(onlyFirst, onlySecond, Method.EXACT_BINOMIAL, exact(onlyFirst, onlySecond))
                : new McNemar(onlyFirst, onlySecond, Method.CHI_SQUARE, chiSquare(onlyFirst, onlySecond));
    }

    private static double exact(int b, int c) {
        int n = b + c;
        double tail = 0;
        double ways = 1;
        for (int i = 0; i <= Math.min(b, c); i++) {
            tail += ways;
            ways = ways * (n - i) / (i + 1);
        }
        return Math.min(1, 2 * tail / Math.pow(2, n));
    }

    private static double chiSquare(int b, int c) {
        double distance = Math.max(0, Math.abs(b - c) - 1);
        return Erf.erfc(distance / Math.sqrt(2.0 * (b + c)));
    }
}
