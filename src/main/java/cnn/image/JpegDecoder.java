package cnn.image;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG with the JDK's libjpeg, whose raster holds the same bytes as Pillow's libjpeg-turbo (slow integer DCT,
 * fancy upsampling), as long as no colour profile is applied.
 */
final class JpegDecoder {
    private JpegDecoder() {}

    static Pixels decode(byte[] encoded, Admission admission) throws IOException, ImageException {
        JpegHeader header = JpegHeader.parse(encoded);
        header.admit(admission);
        byte[] samples = samples(header);
        ChromaRows.interpolate(samples, header.frame());
        return new Pixels(header.frame().width(), header.frame().height(), rgb(samples, header));
    }

    private static byte[] rgb(byte[] samples, JpegHeader header) {
        if (header.frame().components() == 1) {
            return grey(samples);
        }
        if (header.frame().components() == 3) {
            if (header.transformed()) {
                YCbCr.toRgb(samples);
            }
            return samples;
        }
        if (header.transformed()) {
            YCbCr.toCmyk(samples);
        }
        return Cmyk.toRgb(samples, 255);
    }

    /** The decoded components, interleaved: grey, RGB, CMYK or YCCK. */
    static byte[] samples(JpegHeader header) throws IOException, ImageException {
        ImageReader reader = Readers.open(ImageFormat.JPEG, header.stream());
        JpegWarnings warnings = new JpegWarnings();
        try {
            reader.addIIOReadWarningListener(warnings);
            Raster raster = reader.readRaster(0, null);
            if (warnings.torn()) {
                throw ImageException.unreadable("truncated JPEG image: the data end before the last line");
            }
            return bytes(raster, header);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] bytes(Raster raster, JpegHeader header) {
        if (raster.getWidth() == header.frame().width()
                && raster.getHeight() == header.frame().height()
                && raster.getNumBands() == header.frame().components()
                && InterleavedSamples.isInOrder(raster)) {
            return InterleavedSamples.bytes(raster);
        }
        throw new IllegalStateException("unexpected layout of the decoded samples: " + raster);
    }

    private static byte[] grey(byte[] samples) {
        byte[] rgb = new byte[Math.multiplyExact(3, samples.length)];
        int to = 0;
        for (byte sample : samples) {
            rgb[to] = sample;
            rgb[to + 1] = sample;
            rgb[to + 2] = sample;
            to += 3;
        }
        return rgb;
    }
}
