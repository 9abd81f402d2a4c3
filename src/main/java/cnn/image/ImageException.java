package cnn.image;

import java.util.Locale;

/**
 * An image that gives no pixels; the message says in one line why, without naming the file.
 *
 * <p>It never ends a run: the caller turns it into the error row of that input.
 */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What scripts see as the {@code code} of an error row. */
    public enum Code {
        /** Damaged, cut off, a directory, or not allowed to be read. */
        UNREADABLE_IMAGE,
        /** No image at all, or a kind of image that nothing here decodes. */
        UNSUPPORTED_FORMAT,
        NOT_FOUND,
        /** More pixels, or more bytes, than the limits allow. */
        TOO_LARGE,
        EMPTY_FILE,
        /** Sound as far as is known, but there is not the memory for it, not even with no other image beside it. */
        OUT_OF_MEMORY;

        /** The code as it is printed, such as {@code unreadable_image}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Code code;

    ImageException(Code code, String message) {
        this(code, message, null);
    }

    ImageException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static ImageException unreadable(String message) {
        return new ImageException(Code.UNREADABLE_IMAGE, message);
    }

    static ImageException unsupported(String message) {
        return new ImageException(Code.UNSUPPORTED_FORMAT, message);
    }

    /** There is no such file, or none that a file can be. */
    public static ImageException notFound(String message) {
        return new ImageException(Code.NOT_FOUND, message);
    }

    public Code code() {
        return code;
    }
}
