package cnn.image;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Takes RGB out of a decoded raster. */
final class RasterPixels {
    private RasterPixels() {}

    static Pixels of(Raster raster, ColorModel colours) throws ImageException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        boolean isRgb = raster.getNumBands() == 3 && !(colours instanceof IndexColorModel);
        if (isRgb && InterleavedSamples.isInOrder(raster)) {
            return new Pixels(width, height, InterleavedSamples.bytes(raster));
        }
        if (isRgb && InterleavedSamples.isBytes(raster, 2, 1, 0)) {
            return new Pixels(width, height, swapped(InterleavedSamples.bytes(raster)));
        }
        Channels channels = Channels.of(raster.getSampleModel(), colours);
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        byte[] inks = new byte[channels.count() == 4 ? 4 * width : 0];
        for (int y = 0; y < height; y++) {
            int at = 3 * y * width;
            if (inks.length == 0) {
                channels.read(raster, y, rgb, at);
            } else {
                channels.read(raster, y, inks, 0);
                Cmyk.toRgb(inks, 0, rgb, at);
            }
        }
        return new Pixels(width, height, rgb);
    }

    /** B G R as R G B, in the same array. */
    private static byte[] swapped(byte[] bgr) {
        for (int i = 0; i < bgr.length; i += 3) {
            byte blue = bgr[i];
            bgr[i] = bgr[i + 2];
            bgr[i + 2] = blue;
        }
        return bgr;
    }
}
