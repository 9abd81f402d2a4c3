package cnn.cli;

import cnn.classify.ImagePreparation;
import cnn.features.FeatureNetwork;
import cnn.image.ImageDecoder;
import cnn.image.ResizeMode;
import cnn.model.LoadedModel;
import cnn.model.SavedModel;
import cnn.model.WeightedNetwork;
import cnn.network.Shape;
import cnn.zoo.Preprocessing;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How images are read. */
final class ImageOptions {

    @Option(
            names = "--resize",
            paramLabel = "MODE",
            converter = ResizeConverter.class,
            description = "nearest (Keras load_img; the default, but for a saved model, which takes what it was "
                    + "trained with), bilinear (TensorFlow's), pil-bilinear, bicubic, "
                    + "lanczos (Pillow's), center-crop (the recipe of the published accuracies).")
    private ResizeMode resize;

    @Option(
            names = "--auto-orient",
            negatable = true,
            description =
                    "Apply the EXIF orientation, or not (Keras does not). Default: not, or as the saved model was trained.")
    private Boolean autoOrient;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "" + ImageDecoder.DEFAULT_MAX_PIXELS,
            description = "Refuse larger images before decoding them. Default: ${DEFAULT-VALUE}.")
    private long maxPixels;

    /** How images are read for a network, unless these options say otherwise as it was done in its training. */
    ImagePreparation preparation(LoadedModel model) {
        return preparation(
                model.preprocessing(), model.saved(), model.network().input().outputShape());
    }

    /** How images are read for a network that is no saved model. */
    ImagePreparation preparation(Preprocessing preprocessing, Shape input) {
        return preparation(preprocessing, Optional.empty(), input);
    }

    /** See {@link #preparation(LoadedModel)}. */
    ImagePreparation preparation(FeatureNetwork network) {
        return preparation(network.preprocessing(), network.saved(), network.input());
    }

    /** See {@link #preparation(LoadedModel)}. */
    ImagePreparation preparation(WeightedNetwork network) {
        return preparation(
                network.preprocessing(),
                network.saved(),
                network.network().input().outputShape());
    }

    ImageDecoder decoder() {
        return decoder(Optional.empty());
    }

    ResizeMode resize() {
        return resize(Optional.empty());
    }

    /** See {@link #preparation(LoadedModel)}. */
    ImagePreparation preparation(Preprocessing preprocessing, Optional<SavedModel> saved, Shape input) {
        return new ImagePreparation(decoder(saved), resize(saved), preprocessing, input);
    }

    private ImageDecoder decoder(Optional<SavedModel> saved) {
        boolean orient = Optional.ofNullable(autoOrient)
                .or(() -> saved.map(SavedModel::autoOrient))
                .orElse(false);
        return new ImageDecoder(maxPixels, orient);
    }

    private ResizeMode resize(Optional<SavedModel> saved) {
        return Optional.ofNullable(resize)
                .or(() -> saved.map(SavedModel::resize))
                .orElse(ResizeMode.NEAREST);
    }

    private static final class ResizeConverter implements ITypeConverter<ResizeMode> {
        @Override
        public ResizeMode convert(String value) {
            try {
                return ResizeMode.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
