package cnn;

/**
 * Something the user can mend: the message says in one line what is wrong, where, and what to do next.
 *
 * <p>It is printed without a stack trace. Any other exception that reaches {@code main} is a bug in the tool.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of thing is wrong, and the exit code that scripts see. */
    public enum Kind {
        /** The command line asks for something that makes no sense. */
        USAGE(2),
        /** The user's data do not allow it: no images, a single class, shapes that do not fit. */
        DATA(3),
        /** Weights are missing, corrupt or unsuited, or there is no usable device. */
        WEIGHTS(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private UserError(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static UserError usage(String message) {
        return new UserError(Kind.USAGE, message, null);
    }

    public static UserError usage(String message, Throwable cause) {
        return new UserError(Kind.USAGE, message, cause);
    }

    public static UserError data(String message) {
        return new UserError(Kind.DATA, message, null);
    }

    public static UserError data(String message, Throwable cause) {
        return new UserError(Kind.DATA, message, cause);
    }

    public static UserError weights(String message) {
        return new UserError(Kind.WEIGHTS, message, null);
    }

    public static UserError weights(String message, Throwable cause) {
        return new UserError(Kind.WEIGHTS, message, cause);
    }

    public Kind kind() {
        return kind;
    }
}
