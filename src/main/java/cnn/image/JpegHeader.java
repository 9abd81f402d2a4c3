package cnn.image;

import java.io.ByteArrayOutputStream;

/**
 * What stands before the first scan of a JPEG file (ITU-T T.81, annex B), with all that does not shape the pixels left
 * out: colour profiles, thumbnails, EXIF and comments, any of which may be broken.
 *
 * @param frame what the picture is made of: 1, 3 or 4 components
 * @param transformed whether the colours are YCbCr (of 4 components, YCCK) and not RGB (CMYK)
 * @param stream the file reduced to what the pixels depend on
 * @param scanAt where its first scan begins in {@code stream}
 */
record JpegHeader(JpegFrame frame, boolean transformed, byte[] stream, int scanAt) {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COM = 0xfe;
    private static final int RGB = 3;

    static JpegHeader parse(byte[] file) throws ImageException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
        boolean jfif = false;
        int adobeTransform = -1;
        JpegFrame frame = null;
        int componentsAt = 0;
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
            if (isFrame(marker) && frame == null) {
                frame = JpegFrame.of(segment);
                componentsAt = body + 6;
            }
            if (!(marker >= APP0 && marker <= APP15) && marker != COM) {
                kept.write(file, body - 4, segment.length() + 4);
            }
            segment = segment.next();
        }
        if (frame == null) {
            throw ImageException.unreadable("damaged JPEG image: a scan without a frame");
        }
        boolean transformed = transformed(frame.components(), jfif, adobeTransform, file, componentsAt);
        byte[] head = head(frame.components(), transformed);
        byte[] stream = assemble(head, kept, file, segment.body() - 4);
        return new JpegHeader(frame, transformed, stream, head.length + kept.size());
    }

    /** Lets the image in, or refuses one that its data cannot fill or that would take too long. */
    void admit(Admission admission) throws ImageException {
        long pixels = admission.limit().check(frame.width(), frame.height());
        long dataBytes = (long) stream.length - scanAt;
        // Each block takes a bit for its mean, and one for its end unless the scan is progressive.
        if (frame.mostBlocks() * (frame.isProgressive() ? 1 : 2) > dataBytes * Byte.SIZE) {
            throw ImageException.unreadable("truncated JPEG image: %d bytes do not hold %dx%d pixels"
                    .formatted(dataBytes, frame.width(), frame.height()));
        }
        int components = frame.components();
        long bytes = pixels * (components == RGB ? RGB : components + RGB);
        if (severalScans()) {
            JpegScans.ofPicture(stream, scanAt).check(pixels, stream.length);
            bytes += frame.coefficientBytes();
        }
        admission.requireBytes(frame.width(), frame.height(), bytes);
    }

    /** Whether the picture comes in more than one scan. */
    boolean severalScans() {
        return frame.isProgressive() || (stream[scanAt + 4] & 0xff) < frame.components();
    }

    /** SOF0 to SOF15; between them lie DHT (c4), JPG (c8) and DAC (cc). */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
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

    /** The start of a file with an Adobe segment that leaves no room for guesses. */
    private static byte[] head(int components, boolean transformed) {
        int transform = !transformed ? 0 : components == 4 ? 2 : 1;
        return new byte[] {
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
    }

    /** The pixels' part of the file. */
    private static byte[] assemble(byte[] head, ByteArrayOutputStream kept, byte[] file, int scan) {
        byte[] segments = kept.toByteArray();
        byte[] stream = new byte[head.length + segments.length + file.length - scan];
        System.arraycopy(head, 0, stream, 0, head.length);
        System.arraycopy(segments, 0, stream, head.length, segments.length);
        System.arraycopy(file, scan, stream, head.length + segments.length, file.length - scan);
        return stream;
    }

    static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
