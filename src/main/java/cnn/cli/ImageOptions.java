package cnn.cli;

import cnn.image.ImageDecoder;
import cnn.image.ResizeMode;
import cnn.network.Shape;
import cnn.transfer.ImagePreparation;
import cnn.zoo.Preprocessing;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How images are read. */
final class ImageOptions {

    @Option(
            names = "--resize",
            paramLabel = "MODE",
            defaultValue = "nearest",
            converter = ResizeConverter.class,
            description = "nearest (Keras load_img, the default), bilinear (TensorFlow's), pil-bilinear, bicubic, "
                    + "lanczos (Pillow's), center-crop (the recipe of the published accuracies).")
    private ResizeMode resize;

    @Option(names = "--auto-orient", description = "Apply the EXIF orientation (Keras does not).")
    private boolean autoOrient;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "" + ImageDecoder.DEFAULT_MAX_PIXELS,
            description = "Refuse larger images before decoding them. Default: ${DEFAULT-VALUE}.")
    private long maxPixels;

    ImagePreparation preparation(Preprocessing preprocessing, Shape input) {
        return new ImagePreparation(decoder(), resize, preprocessing, input);
    }

    ImageDecoder decoder() {
        return new ImageDecoder(maxPixels, autoOrient);
    }

    ResizeMode resize() {
        return resize;
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
