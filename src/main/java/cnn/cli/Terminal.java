package cnn.cli;

/**
 * Which streams a person looks at. Java cannot tell, so the launcher says.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 */
record Terminal(boolean out, boolean err) {
    static final Terminal NONE = new Terminal(false, false);

    static Terminal detect() {
        return new Terminal(Boolean.getBoolean("cnn.terminal.out"), Boolean.getBoolean("cnn.terminal.err"));
    }
}
