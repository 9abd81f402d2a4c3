package cnn.classify;

import cnn.UserError;
import cnn.image.AspectRatio;
import cnn.image.ColorMode;
import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.Reading;
import cnn.image.ResizeMode;
import cnn.model.Model;
import java.util.Optional;

/**
 * How the user wants images to be read; what is left open is done as in a model's training, or as Keras does it.
 *
 * @param autoOrient whether to apply the EXIF orientation
 * @param maxPixels larger images are refused
 */
public record ImageRequest(
        Optional<ResizeMode> resize,
        Optional<AspectRatio> aspect,
        Optional<ColorMode> color,
        Optional<Boolean> autoOrient,
        long maxPixels) {

    /**
     * The way of an image into a model.
     *
     * @throws UserError if what is wanted does not go together
     */
    public ImagePreparation preparation(Model model) {
        ColorMode usual = ImagePreparation.isGrey(model.input()) ? ColorMode.GRAYSCALE : ColorMode.RGB;
        return new ImagePreparation(
                decoder(model.reading()),
                loading(model.reading().map(Reading::loading), usual),
                model.preprocessing(),
                model.input());
    }

    /** What decodes images for a network that is no saved model. */
    public ImageDecoder decoder() {
        return decoder(Optional.empty());
    }

    /** How images are loaded for a network of three colours that is no saved model. */
    public Loading loading() {
        return loading(Optional.empty(), ColorMode.RGB);
    }

    private ImageDecoder decoder(Optional<Reading> trained) {
        return new ImageDecoder(
                maxPixels, autoOrient.or(() -> trained.map(Reading::autoOrient)).orElse(false));
    }

    private Loading loading(Optional<Loading> saved, ColorMode usual) {
        // A mode that is asked for, and has proportions of its own, takes the place of how the model was trained.
        boolean whole = resize.filter(ResizeMode.CENTER_CROP::equals).isPresent();
        Optional<AspectRatio> trained = whole ? Optional.empty() : saved.map(Loading::aspect);
        try {
            return new Loading(
                    resize.or(() -> saved.map(Loading::resize)).orElse(ResizeMode.NEAREST),
                    aspect.or(() -> trained).orElse(AspectRatio.STRETCH),
                    color.or(() -> saved.map(Loading::color)).orElse(usual));
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }
}
