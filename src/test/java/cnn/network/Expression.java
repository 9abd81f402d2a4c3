package cnn.network;

/** Reckons a {@link Formula} out: numbers, brackets, {@code + - x /}, {@code floor} and {@code ceil}. */
final class Expression {
    private final String text;
    private int at;

    private Expression(String text) {
        this.text = text;
    }

    /** The value, which must be whole. */
    static long value(String text) {
        Expression expression = new Expression(text.replace(" ", ""));
        double value = expression.sum();
        if (expression.at != expression.text.length() || value != Math.rint(value)) {
            throw new AssertionError(text + " is " + value + " up to " + expression.at);
        }
        return (long) value;
    }

    private double sum() {
        double value = product();
        while (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
            value += text.charAt(at++) == '+' ? product() : -product();
        }
        return value;
    }

    private double product() {
        double value = factor();
        while (at < text.length() && "x/".indexOf(text.charAt(at)) >= 0) {
            value = text.charAt(at++) == 'x' ? value * factor() : value / factor();
        }
        return value;
    }

    private double factor() {
        if (take("floor")) {
            return Math.floor(factor());
        }
        if (take("ceil")) {
            return Math.ceil(factor());
        }
        if (take("(")) {
            double value = sum();
            if (!take(")")) {
                throw new AssertionError("no ) at " + at + " of " + text);
            }
            return value;
        }
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return Long.parseLong(text.substring(start, at));
    }

    private boolean take(String word) {
        boolean here = text.startsWith(word, at);
        at += here ? word.length() : 0;
        return here;
    }
}
