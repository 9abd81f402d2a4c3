package cnn;

/** Characters that must not be shown as they are: they steer a terminal, turn the direction of writing or cannot be seen. */
public final class Invisible {
    /** Letters and marks that leave nothing to see, though Unicode does not call them control or format characters. */
    private static final String LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0";

    private Invisible() {}

    /** Whether a character is one of them. */
    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> LETTERS.indexOf(codePoint) >= 0;
        };
    }
}
