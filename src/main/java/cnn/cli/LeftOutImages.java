package cnn.cli;

import cnn.classify.Failure;
import cnn.data.ImageInput;
import cnn.image.ImageException;
import java.util.function.BiConsumer;

/** Tells of images that cannot be read, and counts them. */
final class LeftOutImages implements BiConsumer<ImageInput, ImageException> {
    private final Talk talk;
    private int count;

    LeftOutImages(Talk talk) {
        this.talk = talk;
    }

    @Override
    public void accept(ImageInput input, ImageException why) {
        image(input.given(), Failure.of(why));
    }

    void image(String input, Failure why) {
        talk.note(input + " is left out: " + why.message());
        count++;
    }

    int count() {
        return count;
    }
}
