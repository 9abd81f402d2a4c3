package cnn.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.IOException;
import javax.imageio.ImageReader;

/** Decodes BMP, TIFF and WebP with the TwelveMonkeys plug-ins, the first image of a file that holds several. */
final class PluginDecoder {
    private static final int RGB_BYTES = 3;

    private PluginDecoder() {}

    static Pixels decode(ImageFormat format, byte[] encoded, Admission admission) throws IOException, ImageException {
        return decode(format, encoded, admission, 0);
    }

    /** Decodes an image for which so many bytes more are needed {@code besides}. */
    static Pixels decode(ImageFormat format, byte[] encoded, Admission admission, long besides)
            throws IOException, ImageException {
        ImageReader reader = Readers.open(format, encoded);
        try {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            long pixels = admission.limit().check(width, height);
            SampleModel samples = reader.getImageTypes(0).next().getSampleModel();
            int stored = samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType()) / Byte.SIZE;
            admission.requireBytes(width, height, pixels * (stored + RGB_BYTES) + besides);
            BufferedImage image = reader.read(0);
            return RasterPixels.of(image.getRaster(), image.getColorModel());
        } finally {
            reader.dispose();
        }
    }
}
