package cnn.image;

/**
 * The scans of JPEG data, counted before they are decoded: a progressive picture is computed anew after each, so a small
 * file of many scans would take minutes.
 *
 * @param count start-of-scan markers
 * @param largestFrame pixels that the largest frame among the data declares, 0 if none does
 */
record JpegScans(int count, long largestFrame) {
    /** Where libjpeg-turbo's own fuzzers stop. */
    private static final int MOST = 500;
    /** Pixels times scans that any file may ask for, and how many more for each of its bytes. */
    private static final long WORK = 700_000_000L;

    private static final long WORK_FOR_EACH_BYTE = 400;

    /** The scans from there on to the end of the picture. */
    static JpegScans ofPicture(byte[] file, int from) {
        return of(file, from, true);
    }

    /** The scans of all pictures that are in a file of another format. */
    static JpegScans ofAll(byte[] file) {
        return of(file, 0, false);
    }

    private static JpegScans of(byte[] file, int from, boolean toEndMarker) {
        int scans = 0;
        long largest = 0;
        for (int at = from; at + 1 < file.length; at++) {
            if (file[at] != (byte) 0xff) {
                continue;
            }
            int marker = file[at + 1] & 0xff;
            if (marker == 0xda) {
                scans++;
            } else if (marker == 0xd9 && toEndMarker) {
                break;
            } else if (marker >= 0xc0 && marker <= 0xc2) {
                largest = Math.max(largest, framePixels(file, at + 2));
            }
        }
        return new JpegScans(scans, largest);
    }

    /** Refuses what would take too long; {@code pixels} are decoded for each scan. */
    void check(long pixels, long fileBytes) throws ImageException {
        if (count > MOST) {
            throw ImageException.unreadable(
                    "JPEG data with %d scans, more than the limit of %d".formatted(count, MOST));
        }
        long allowed = WORK + WORK_FOR_EACH_BYTE * fileBytes;
        if (count > 1 && count * Math.max(pixels, largestFrame) > allowed) {
            throw ImageException.unreadable("JPEG data with %d scans of %d pixels in %d bytes take too long to decode"
                    .formatted(count, Math.max(pixels, largestFrame), fileBytes));
        }
    }

    /** Width times height where a frame header stands, 0 where there is none. */
    private static long framePixels(byte[] file, int at) {
        if (at + 8 > file.length) {
            return 0;
        }
        int components = file[at + 7] & 0xff;
        boolean isFrame = JpegHeader.unsigned16(file, at) == 8 + 3 * components && file[at + 2] == 8;
        return isFrame ? (long) JpegHeader.unsigned16(file, at + 3) * JpegHeader.unsigned16(file, at + 5) : 0;
    }
}
