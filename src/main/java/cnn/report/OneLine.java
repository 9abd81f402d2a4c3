package cnn.report;

import cnn.files.FileNames;

/**
 * Text from outside, such as the name of a file or of a class, made fit for people: it stays on one line, and nothing in it
 * steers a terminal, turns the direction of writing or cannot be seen.
 *
 * <p>Whatever is written for people goes through here; formats for programs keep the text in escapes that can be undone.
 */
public final class OneLine {
    /** Letters and marks that leave nothing to see, though Unicode does not call them control or format characters. */
    private static final String INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0";

    /** What follows the backslash of an escape. */
    private static final String ESCAPES = "\\ntuUx";

    private OneLine() {}

    /**
     * The text with what must not be shown as escapes: {@code \n}, {@code \}{@code u001b}, {@code \}{@code U000e0001}; a byte
     * of a file's name that is no UTF-8 as {@code \xff}.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(OneLine::isHidden)) {
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
                    && (isHidden(characters[i + 1]) || ESCAPES.indexOf(characters[i + 1]) >= 0);
            line.append(mistaken ? "\\\\" : of(Character.toString(characters[i])));
        }
        return line.toString();
    }

    /** Whether a character must not be shown as it is. */
    static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> INVISIBLE.indexOf(codePoint) >= 0;
        };
    }

    private static void append(StringBuilder line, int codePoint) {
        if (!isHidden(codePoint)) {
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
