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
    /** Of a pixel of the frame: an index and its colour. */
    private static final int FRAME_BYTES = 4;

    private static final int CANVAS_BYTES = 3;

    private GifDecoder() {}

    static Pixels decode(byte[] encoded, Admission admission) throws IOException, ImageException {
        GifFrame frame = GifFrame.first(encoded);
        frame.checkData(encoded);
        long framePixels = admission.limit().check(frame.frameWidth(), frame.frameHeight());
        long canvasPixels = admission.limit().check(frame.canvasWidth(), frame.canvasHeight());
        long bytes = FRAME_BYTES * framePixels + (canvasPixels == framePixels ? 0 : CANVAS_BYTES * canvasPixels);
        admission.requireBytes(frame.canvasWidth(), frame.canvasHeight(), bytes);
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
