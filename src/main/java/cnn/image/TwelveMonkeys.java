package cnn.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import javax.imageio.spi.ImageReaderSpi;

/** The plug-ins; named in a class of their own, so that a JPEG does not load their jars. */
final class TwelveMonkeys {
    static {
        // The plug-ins' own limit for streams of unknown length; what is too large is decided before, by PixelLimit.
        System.setProperty("com.twelvemonkeys.imageio.maxImageBytes", Long.toString(Long.MAX_VALUE));
    }

    private TwelveMonkeys() {}

    static ImageReaderSpi provider(ImageFormat format) {
        return switch (format) {
            case BMP -> new BMPImageReaderSpi();
            case TIFF -> new TIFFImageReaderSpi();
            case BIG_TIFF -> new BigTIFFImageReaderSpi();
            case WEBP -> new WebPImageReaderSpi();
            case JPEG, PNG, GIF -> throw new IllegalArgumentException(format + " has a reader in the JDK");
        };
    }
}
