package cnn;

/** The beginning of a text from outside, short enough to stand in a message. */
public final class Excerpt {
    private static final int LONGEST = 200;

    private Excerpt() {}

    /** The text of {@code value}, its line breaks as blanks, cut after 200 characters. */
    public static String of(Object value) {
        String text = String.valueOf(value).replaceAll("\\R", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
