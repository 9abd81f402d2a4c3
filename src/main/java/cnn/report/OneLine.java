package cnn.report;

/** Text from outside, such as a file's name, made fit for one line of a terminal. */
public final class OneLine {

    private OneLine() {}

    /** The text with control characters shown as escapes: a newline as {@code \n}, others as {@code \}{@code u001b}. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c == '\n') {
                line.append("\\n");
            } else if (Character.isISOControl(c)) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.append((char) c);
            }
        });
        return line.toString();
    }
}
