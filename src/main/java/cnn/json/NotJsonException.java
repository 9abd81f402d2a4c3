package cnn.json;

import cnn.Excerpt;
import com.fasterxml.jackson.core.JacksonException;

/** Text that is not JSON; the message is the beginning of what is wrong with it, on one line. */
public final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException(JacksonException cause) {
        super(Excerpt.of(cause.getMessage().lines().findFirst().orElse("")), cause);
    }
}
