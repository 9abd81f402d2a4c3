package cnn;

import java.util.Locale;

/** A number and what it counts. */
public final class Counted {

    private Counted() {}

    /**
     * {@code 1 image}, {@code 1,200 images}, {@code 2 batches}, {@code 2 epochs}.
     *
     * @param one the word for one of them
     */
    public static String of(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many(one));
    }

    /** The word for several. */
    public static String many(String one) {
        boolean hissing = one.endsWith("s")
                || one.endsWith("x")
                || (one.endsWith("ch") && !one.endsWith("epoch"))
                || one.endsWith("sh");
        return one + (hissing ? "es" : "s");
    }
}
