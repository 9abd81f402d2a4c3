package cnn.cli;

import cnn.classify.ImagePreparation;
import cnn.classify.ImageRequest;
import cnn.image.AspectRatio;
import cnn.image.ColorMode;
import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.model.Model;
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
                    + "trained with), bilinear (TensorFlow's), pil-bilinear, box, hamming, bicubic, "
                    + "lanczos (Pillow's), center-crop (the recipe of the published accuracies).")
    private ResizeMode resize;

    @Option(
            names = "--aspect",
            paramLabel = "WAY",
            description =
                    "What becomes of the proportions: stretch (load_img; the default, but for a saved model), keep "
                            + "(load_img's keep_aspect_ratio), crop and pad (image_dataset_from_directory's crop_to_aspect_ratio "
                            + "and pad_to_aspect_ratio), smart (smart_resize).")
    private AspectRatio aspect;

    @Option(
            names = "--color",
            paramLabel = "MODE",
            description =
                    "rgb, or grayscale (load_img's color_mode; a network of three colours sees the grey in each). "
                            + "Default: what the network takes, or what the saved model was trained with.")
    private ColorMode color;

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
    ImagePreparation preparation(Model model) {
        return request().preparation(model);
    }

    ImageDecoder decoder() {
        return request().decoder();
    }

    Loading loading() {
        return request().loading();
    }

    ImageRequest request() {
        return new ImageRequest(
                Optional.ofNullable(resize),
                Optional.ofNullable(aspect),
                Optional.ofNullable(color),
                Optional.ofNullable(autoOrient),
                maxPixels);
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
