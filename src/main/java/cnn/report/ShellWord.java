package cnn.report;

/** A word of a command line, quoted so that a shell takes it as it is. */
public final class ShellWord {
    private ShellWord() {}

    public static String of(String text) {
        return text.matches("[\\w./,:=@%+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
