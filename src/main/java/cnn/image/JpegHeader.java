package cnn.image;

import java.io.ByteArrayOutputStream;

/**
 * What stands before the first scan of a JPEG file (ITU-T T.81, annex B), with all that does not shape the pixels left
 * out: colour profiles, thumbnails, EXIF and comments, any of which may be broken.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components 1, 3 or 4
 * @param transformed whether the colours are YCbCr (of 4 components, YCCK) and not RGB (CMYK)
 * @param stream the file reduced to what the pixels depend on
 */
record JpegHeader(int width, int height, int components, boolean transformed, byte[] stream) {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COM = 0xfe;

    static JpegHeader parse(byte[] file) throws ImageException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
        boolean jfif = false;
        int adobeTransform = -1;
        int frame = -1;
        JpegSegment segment = JpegSegment.first(file);
        while (segment.marker() != SOS) {
            int marker = segment.marker();
            int body = segment.body();
            if (marker == EOI || marker == SOI) {
                throw ImageException.unreadable("damaged JPEG image: no picture in it");
            }
            if (marker == APP0 && segment.length() >= 14 && ImageFormat.starts(file, body, "JFIF\0")) {
                jfif = true;
            } else if (marker == APP14 && segment.length() >= 12 && ImageFormat.starts(file, body, "Adobe")) {
                adobeTransform = file[body + 11] & 0xff;
            }
            if (isFrame(marker) && frame < 0) {
                frame = body;
                checkProcess(marker, file, segment);
            }
            if (!(marker >= APP0 && marker <= APP15) && marker != COM) {
                kept.write(file, body - 4, segment.length() + 4);
            }
            segment = segment.next();
        }
        if (frame < 0) {
            throw ImageException.unreadable("damaged JPEG image: a scan without a frame");
        }
        int components = file[frame + 5] & 0xff;
        boolean transformed = transformed(components, jfif, adobeTransform, file, frame + 6);
        int scan = segment.body() - 4;
        return new JpegHeader(
                unsigned16(file, frame + 3),
                unsigned16(file, frame + 1),
                components,
                transformed,
                assemble(components, transformed, kept, file, scan));
    }

    /** SOF0 to SOF15; between them lie DHT (c4), JPG (c8) and DAC (cc). */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static void checkProcess(int marker, byte[] file, JpegSegment segment) throws ImageException {
        if (segment.length() < 6) {
            throw ImageException.unreadable("damaged JPEG image: the frame header is too short");
        }
        int bits = file[segment.body()] & 0xff;
        int components = file[segment.body() + 5] & 0xff;
        if (segment.length() < 6 + 3 * components) {
            throw ImageException.unreadable("damaged JPEG image: the frame header is too short");
        }
        if (marker > 0xc2) {
            throw ImageException.unsupported(
                    marker == 0xc9 || marker == 0xca
                            ? "JPEG image with arithmetic coding"
                            : "JPEG image that is lossless or hierarchical");
        }
        if (bits != 8) {
            throw ImageException.unsupported("JPEG image with " + bits + " bits a sample");
        }
        if (components != 1 && components != 3 && components != 4) {
            throw ImageException.unsupported("JPEG image with " + components + " components");
        }
    }

    /** The guess that libjpeg makes (default_decompress_parms), and so Pillow; the JDK's differs in rare cases. */
    private static boolean transformed(int components, boolean jfif, int adobeTransform, byte[] file, int ids) {
        if (components == 1) {
            return false;
        }
        if (components == 4) {
            return adobeTransform > 0;
        }
        if (jfif || adobeTransform >= 0) {
            return jfif || adobeTransform != 0;
        }
        return !(file[ids] == 'R' && file[ids + 3] == 'G' && file[ids + 6] == 'B');
    }

    /** The pixels' part of the file, headed by an Adobe segment that leaves no room for guesses. */
    private static byte[] assemble(
            int components, boolean transformed, ByteArrayOutputStream kept, byte[] file, int scan) {
        int transform = !transformed ? 0 : components == 4 ? 2 : 1;
        byte[] head = {
            (byte) 0xff,
            (byte) SOI,
            (byte) 0xff,
            (byte) APP14,
            0,
            14,
            'A',
            'd',
            'o',
            'b',
            'e',
            0,
            100,
            0,
            0,
            0,
            0,
            (byte) transform
        };
        byte[] segments = kept.toByteArray();
        byte[] stream = new byte[head.length + segments.length + file.length - scan];
        System.arraycopy(head, 0, stream, 0, head.length);
        System.arraycopy(segments, 0, stream, head.length, segments.length);
        System.arraycopy(file, scan, stream, head.length + segments.length, file.length - scan);
        return stream;
    }

    private static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
