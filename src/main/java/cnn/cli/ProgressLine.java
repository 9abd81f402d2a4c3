package cnn.cli;

import cnn.Counted;
import cnn.report.OneLine;
import java.util.Locale;

/**
 * How far some work is, in one line of a terminal: what, a bar, how much of how much, how fast, how long it will take.
 *
 * @param what is being done; may be empty
 * @param share that is done, from 0 to 1; NaN if the whole is not known
 * @param words how much, of how much, how fast
 * @param secondsLeft NaN if it is not known
 * @param details more, such as how many failed; may be empty
 */
record ProgressLine(String what, double share, String words, double secondsLeft, String details) {
    private static final int WIDEST_BAR = 20;
    private static final int NARROWEST_BAR = 5;
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    /**
     * Things that are done one by one.
     *
     * @param one the word for one of them
     * @param all 0 if it is not known
     * @param perSecond NaN if it is not known
     */
    static ProgressLine counted(String what, String one, long done, long all, double perSecond, String details) {
        boolean known = all > 0 && done <= all;
        String words =
                known ? String.format(Locale.ROOT, "%,d of %s", done, Counted.of(all, one)) : Counted.of(done, one);
        return new ProgressLine(
                what,
                known ? (double) done / all : Double.NaN,
                words + rate(perSecond, perSecond < 10 ? ", %.1f a second" : ", %.0f a second"),
                known && done < all ? (all - done) / perSecond : Double.NaN,
                details);
    }

    /** A rate in the words of a format; nothing where it is not known. */
    static String rate(double perSecond, String format) {
        return Double.isNaN(perSecond) ? "" : String.format(Locale.ROOT, format, perSecond);
    }

    /** The line, not wider than the terminal. */
    String in(Terminal terminal) {
        String head = what.isEmpty() ? "" : OneLine.of(what) + ": ";
        String tail = tail();
        int room = terminal.columns() - 1 - head.length() - tail.length();
        String bar = "";
        int barWidth = Math.min(WIDEST_BAR, room - "[] 100 %  ".length());
        if (!Double.isNaN(share) && barWidth >= NARROWEST_BAR) {
            int full = (int) (barWidth * share);
            bar = String.format(
                    Locale.ROOT,
                    "[%s%s] %3d %%  ",
                    coloured("#".repeat(full), terminal),
                    "-".repeat(barWidth - full),
                    (int) (100 * share));
            return head + bar + tail;
        }
        return fit(head + tail, terminal);
    }

    /** The line without a bar, for a log. */
    String plain() {
        return (what.isEmpty() ? "" : what + ": ") + tail();
    }

    /** A text cut to what one line of the terminal holds. */
    static String fit(String text, Terminal terminal) {
        int most = terminal.columns() - 1;
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    private String tail() {
        return words
                + (Double.isNaN(secondsLeft) ? "" : ", " + duration(Math.round(secondsLeft)) + " left")
                + (details.isEmpty() ? "" : ", " + details);
    }

    private static String coloured(String text, Terminal terminal) {
        return terminal.colour() && !text.isEmpty() ? GREEN + text + PLAIN : text;
    }

    private static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %d s".formatted(seconds / 60, seconds % 60)
                : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
}
