package cnn.image;

/**
 * A marker segment of a JPEG file.
 *
 * @param file the whole file
 * @param marker the second byte of the marker, such as 0xda
 * @param body index of the first byte after marker and length
 * @param length bytes in the body; all of them lie in the file
 */
record JpegSegment(byte[] file, int marker, int body, int length) {
    /** The one after the start of the file. */
    static JpegSegment first(byte[] file) throws ImageException {
        return at(file, 2);
    }

    JpegSegment next() throws ImageException {
        return at(file, body + length);
    }

    private static JpegSegment at(byte[] file, int from) throws ImageException {
        int at = from;
        while (at + 1 < file.length) {
            int marker = file[at + 1] & 0xff;
            // Like libjpeg, over what is no marker, padding, and markers that stand alone (TEM, RST).
            boolean skipped = (file[at] & 0xff) != 0xff
                    || marker == 0
                    || marker == 0xff
                    || marker == 1
                    || (marker >= 0xd0 && marker <= 0xd7);
            if (!skipped) {
                return segment(file, marker, at + 2);
            }
            at++;
        }
        throw truncated();
    }

    private static JpegSegment segment(byte[] file, int marker, int at) throws ImageException {
        if (marker == 0xd8 || marker == 0xd9) {
            return new JpegSegment(file, marker, at, 0);
        }
        if (at + 2 > file.length) {
            throw truncated();
        }
        int length = ((file[at] & 0xff) << 8 | (file[at + 1] & 0xff)) - 2;
        if (length < 0) {
            throw ImageException.unreadable("damaged JPEG image: a segment of negative length");
        }
        if (at + 2 + length > file.length) {
            throw truncated();
        }
        return new JpegSegment(file, marker, at + 2, length);
    }

    private static ImageException truncated() {
        return ImageException.unreadable("truncated JPEG image: the file ends within its header");
    }
}
