package cnn.classify;

import cnn.image.ImageDecoder;
import cnn.image.ResizeMode;
import cnn.model.SavedModel;
import cnn.network.Shape;
import cnn.zoo.Preprocessing;
import java.util.Optional;

/**
 * How the user wants images to be read; what is left open is done as in a saved model's training, or as Keras does it.
 *
 * @param autoOrient whether to apply the EXIF orientation
 * @param maxPixels larger images are refused
 */
public record ImageRequest(Optional<ResizeMode> resize, Optional<Boolean> autoOrient, long maxPixels) {

    /** The way of an image into a network with such an input. */
    public ImagePreparation preparation(Preprocessing preprocessing, Optional<SavedModel> saved, Shape input) {
        return new ImagePreparation(decoder(saved), resize(saved), preprocessing, input);
    }

    /** What decodes images for a network that is no saved model. */
    public ImageDecoder decoder() {
        return decoder(Optional.empty());
    }

    /** How images are resized for a network that is no saved model. */
    public ResizeMode resizeMode() {
        return resize(Optional.empty());
    }

    private ImageDecoder decoder(Optional<SavedModel> saved) {
        return new ImageDecoder(
                maxPixels,
                autoOrient.or(() -> saved.map(SavedModel::autoOrient)).orElse(false));
    }

    private ResizeMode resize(Optional<SavedModel> saved) {
        return resize.or(() -> saved.map(SavedModel::resize)).orElse(ResizeMode.NEAREST);
    }
}
