package cnn.image;

/**
 * How many pixels a decoded image may have; checked against the header, before anything is allocated.
 *
 * @param maxPixels width times height, at least 1
 */
record PixelLimit(long maxPixels) {
    /** What fits in one Java array of RGB bytes. */
    private static final long ARRAY_PIXELS = (Integer.MAX_VALUE - 8) / 3;

    PixelLimit {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("a limit of " + maxPixels + " pixels lets no image through");
        }
    }

    /** Bytes that decoding may take: as much as RGB of 8 bits twice, whatever an image is stored as. */
    long maxBytes() {
        return 2 * 3 * Math.max(Math.min(maxPixels, ARRAY_PIXELS), ImageDecoder.DEFAULT_MAX_PIXELS);
    }

    /** The pixels of an image of that size. */
    long check(long width, long height) throws ImageException {
        if (width < 1 || height < 1) {
            throw ImageException.unreadable("declares a size of " + width + "x" + height + " pixels");
        }
        // Both come from fields of at most 32 bits, so the product of two in range fits in 64.
        long allowed = Math.min(maxPixels, ARRAY_PIXELS);
        if (width > allowed || height > allowed || width * height > allowed) {
            throw new ImageException(
                    ImageException.Code.TOO_LARGE,
                    "declares " + width + "x" + height + " pixels, more than the limit of " + allowed);
        }
        return width * height;
    }
}
