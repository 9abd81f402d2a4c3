package cnn.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;

/**
 * Decodes the first frame of a GIF on its logical screen, as Pillow shows it: the screen grows where the frame reaches
 * beyond it, and around the frame lies the transparent colour, or else colour 0 (never the declared background).
 */
final class GifDecoder {
    private GifDecoder() {}

    static Pixels decode(byte[] encoded, PixelLimit limit) throws IOException, ImageException {
        GifFrame frame = GifFrame.first(encoded);
        limit.check(frame.frameWidth(), frame.frameHeight());
        limit.check(frame.canvasWidth(), frame.canvasHeight());
        ImageReader reader = Readers.open(ImageFormat.GIF, frame.alone(encoded));
        try {
            BufferedImage image = reader.read(0);
            Pixels pixels = RasterPixels.of(image.getRaster(), image.getColorModel());
            int around = 3 * frame.aroundIndex();
            byte[] colour = Arrays.copyOfRange(frame.palette(), around, around + 3);
            return pixels.on(frame.canvasWidth(), frame.canvasHeight(), frame.left(), frame.top(), colour);
        } finally {
            reader.dispose();
        }
    }
}
