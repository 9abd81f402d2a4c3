package cnn.report;

import cnn.Invisible;
import cnn.files.FileNames;

/**
 * Text from outside, such as the name of a file or of a class, made fit for people: it stays on one line, and nothing in it
 * steers a terminal, turns the direction of writing or cannot be seen.
 *
 * <p>Whatever is written for people goes through here; formats for programs keep the text in escapes that can be undone.
 */
public final class OneLine {
    /** What follows the backslash of an escape. */
    private static final String ESCAPES = "\\ntuUx";

    private OneLine() {}

    /**
     * The text with what must not be shown as escapes: {@code \n}, {@code \}{@code u001b}, {@code \}{@code U000e0001}; a byte
     * of a file's name that is no UTF-8 as {@code \xff}.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Invisible::is)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        FileNames.visible(text).codePoints().forEach(c -> append(line, c));
        return line.toString();
    }

    /**
     * As {@link #of}, so that the text can be had again: a backslash that would be taken for the beginning of an escape is
     * doubled.
     */
    static String exact(String text) {
        int[] characters = text.codePoints().toArray();
        StringBuilder line = new StringBuilder(text.length() + 16);
        for (int i = 0; i < characters.length; i++) {
            boolean mistaken = characters[i] == '\\'
                    && i + 1 < characters.length
                    && (Invisible.is(characters[i + 1]) || ESCAPES.indexOf(characters[i + 1]) >= 0);
            line.append(mistaken ? "\\\\" : of(Character.toString(characters[i])));
        }
        return line.toString();
    }

    private static void append(StringBuilder line, int codePoint) {
        if (!Invisible.is(codePoint)) {
            line.appendCodePoint(codePoint);
        } else if (codePoint == '\n') {
            line.append("\\n");
        } else if (codePoint == '\t') {
            line.append("\\t");
        } else {
            line.append((codePoint <= 0xffff ? "\\u%04x" : "\\U%08x").formatted(codePoint));
        }
    }
}
