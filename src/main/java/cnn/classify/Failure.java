package cnn.classify;

/**
 * Why there is no answer for an input.
 *
 * @param code for scripts, for example {@code unreadable_image}
 * @param message for people, one line
 */
public record Failure(String code, String message) {}
