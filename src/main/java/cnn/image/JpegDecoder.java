package cnn.image;

import java.awt.color.ColorSpace;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * Decodes JPEG with the JDK's libjpeg, whose raster holds the same bytes as Pillow's libjpeg-turbo (slow integer DCT,
 * fancy upsampling), as long as no colour profile is applied.
 */
final class JpegDecoder {
    private JpegDecoder() {}

    static Pixels decode(byte[] encoded, Admission admission) throws IOException, ImageException {
        JpegHeader header = JpegHeader.parse(encoded);
        header.admit(admission);
        return new Pixels(header.frame().width(), header.frame().height(), rgb(header));
    }

    private static byte[] rgb(JpegHeader header) throws IOException, ImageException {
        JpegFrame frame = header.frame();
        if (frame.components() == 3 && header.transformed() && !frame.hasHalfTheRows()) {
            Optional<byte[]> turbo = TurboChoice.rgb(header);
            return turbo.isPresent() ? turbo.get() : converted(header);
        }
        byte[] samples = samples(header);
        ChromaRows.interpolate(samples, frame);
        return rgb(samples, header);
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

    /** The picture, of whose YCbCr libjpeg makes RGB: as {@link YCbCr} does, in half the time or less. */
    static byte[] converted(JpegHeader header) throws IOException, ImageException {
        return read(header, reader -> {
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setDestination(Rgb.TYPE.createBufferedImage(
                    header.frame().width(), header.frame().height()));
            return reader.read(0, parameters).getRaster();
        });
    }

    /** The decoded components, interleaved: grey, RGB, YCbCr, CMYK or YCCK. */
    static byte[] samples(JpegHeader header) throws IOException, ImageException {
        return read(header, reader -> reader.readRaster(0, null));
    }

    private interface Reading {
        Raster of(ImageReader reader) throws IOException;
    }

    private static byte[] read(JpegHeader header, Reading reading) throws IOException, ImageException {
        ImageReader reader = Readers.open(ImageFormat.JPEG, header.stream());
        JpegWarnings warnings = new JpegWarnings();
        try {
            reader.addIIOReadWarningListener(warnings);
            Raster raster = reading.of(reader);
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

    /** Pixels as they are wanted; made when the first picture comes. */
    private static final class Rgb {
        static final ImageTypeSpecifier TYPE = ImageTypeSpecifier.createInterleaved(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), new int[] {0, 1, 2}, DataBuffer.TYPE_BYTE, false, false);
    }
}
