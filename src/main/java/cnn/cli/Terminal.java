package cnn.cli;

import java.util.Map;

/**
 * What a person looks at. Java cannot tell, so the launcher says.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param columns how wide it is
 * @param moving whether a line can be written over
 * @param colour whether colours are wanted (https://no-color.org)
 */
record Terminal(boolean out, boolean err, int columns, boolean moving, boolean colour) {
    static final Terminal NONE = new Terminal(false, false);

    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;

    Terminal {
        columns = columns < FEWEST_COLUMNS ? USUAL_COLUMNS : columns;
    }

    /** A terminal of the usual width that does all that terminals do. */
    Terminal(boolean out, boolean err) {
        this(out, err, USUAL_COLUMNS, true, true);
    }

    static Terminal detect() {
        return of(
                Boolean.getBoolean("cnn.terminal.out"),
                Boolean.getBoolean("cnn.terminal.err"),
                Integer.getInteger("cnn.terminal.columns", USUAL_COLUMNS),
                System.getenv());
    }

    static Terminal of(boolean out, boolean err, int columns, Map<String, String> environment) {
        boolean moving = !"dumb".equals(environment.get("TERM"));
        boolean colour = moving && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, columns, moving, colour);
    }
}
