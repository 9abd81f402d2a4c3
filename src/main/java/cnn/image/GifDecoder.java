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
            return frame.fillsCanvas() ? pixels : onCanvas(frame, pixels);
        } finally {
            reader.dispose();
        }
    }

    private static Pixels onCanvas(GifFrame frame, Pixels pixels) {
        int width = frame.canvasWidth();
        byte[] rgb = new byte[3 * width * frame.canvasHeight()];
        byte[] around = Arrays.copyOfRange(frame.palette(), 3 * frame.aroundIndex(), 3 * frame.aroundIndex() + 3);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = around[i % 3];
        }
        for (int y = 0; y < pixels.height(); y++) {
            int to = 3 * ((frame.top() + y) * width + frame.left());
            System.arraycopy(pixels.rgb(), 3 * y * pixels.width(), rgb, to, 3 * pixels.width());
        }
        return new Pixels(width, frame.canvasHeight(), rgb);
    }
}
