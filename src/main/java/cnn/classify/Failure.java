package cnn.classify;

import cnn.image.ImageException;

/**
 * Why there is no answer for an input.
 *
 * @param code for scripts, for example {@code unreadable_image}
 * @param message for people, one line
 */
public record Failure(String code, String message) {

    public static Failure of(ImageException why) {
        return new Failure(why.code().id(), why.getMessage());
    }
}
