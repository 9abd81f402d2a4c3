package cnn.image;

/**
 * Lets one image in or refuses it, by what its header declares and before anything is allocated.
 *
 * @param share of the memory, which the image takes when it is let in
 */
record Admission(PixelLimit limit, DecodingMemory.Share share) {

    /** Lets in an image that takes that many bytes for each pixel, the result and what it is made from together. */
    void require(long width, long height, int bytesPerPixel) throws ImageException {
        limit.check(width, height);
        requireBytes(width, height, width * height * bytesPerPixel);
    }

    /** Lets in an image of a size that has been checked. */
    void requireBytes(long width, long height, long bytes) throws ImageException {
        if (bytes > limit.maxBytes()) {
            throw new ImageException(
                    ImageException.Code.TOO_LARGE,
                    "declares %dx%d pixels, which take %d bytes to decode, more than the limit of %d"
                            .formatted(width, height, bytes, limit.maxBytes()));
        }
        share.take(bytes);
    }
}
