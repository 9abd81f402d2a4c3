package cnn.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;

/** Decodes BMP, TIFF and WebP with the TwelveMonkeys plug-ins, the first image of a file that holds several. */
final class PluginDecoder {
    private PluginDecoder() {}

    static Pixels decode(ImageFormat format, byte[] encoded, PixelLimit limit) throws IOException, ImageException {
        ImageReader reader = Readers.open(format, encoded);
        try {
            limit.check(reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = reader.read(0);
            return RasterPixels.of(image.getRaster(), image.getColorModel());
        } finally {
            reader.dispose();
        }
    }
}
