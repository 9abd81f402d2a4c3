package cnn.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Decodes JPEG, PNG, GIF, BMP, TIFF and WebP to the RGB pixels that Pillow's {@code open(f).convert('RGB')} gives, which
 * is what Keras's {@code load_img} sees.
 *
 * <p>As in Pillow: colour profiles and gamma are ignored, alpha is dropped without blending, a palette's transparency is
 * ignored, CMYK is converted without a profile, of an animation the first frame is taken on its logical screen.
 * Differences, on purpose: grey of more than 8 bits is scaled to 8 (Pillow clips it, to almost white), and JPEG data that
 * stop before the last line are an error even where an end marker follows (Pillow fills up with grey). Lossy WebP is the
 * one format that is only close to Pillow's.
 *
 * <p>Immutable; any number of threads may decode at the same time.
 */
public final class ImageDecoder {
    public static final long DEFAULT_MAX_PIXELS = 200_000_000L;
    /** The most that is read from a pipe. */
    public static final int MAX_PIPE_BYTES = 256 << 20;

    static {
        // Nothing here shows a window; without this, AWT looks for a display.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private final PixelLimit limit;
    private final boolean autoOrient;

    /**
     * Makes a decoder.
     *
     * @param maxPixels images that declare more pixels are refused before they are decoded
     * @param autoOrient turn the pixels as the EXIF orientation says; Keras does not
     */
    public ImageDecoder(long maxPixels, boolean autoOrient) {
        this.limit = new PixelLimit(maxPixels);
        this.autoOrient = autoOrient;
    }

    /** Whether pixels are turned as the EXIF orientation says. */
    public boolean autoOrient() {
        return autoOrient;
    }

    /** Whether a walk through a directory takes this file for an image: by its suffix, in any case. */
    public static boolean looksLikeImage(Path file) {
        Path name = file.getFileName();
        return name != null && ImageFormat.hasSuffix(name.toString());
    }

    /**
     * Whatever decides, besides an image's bytes, which pixels it gives: equal text, equal pixels. The number is to be
     * raised whenever any file gives other pixels than before.
     */
    public String recipe() {
        return "decoder 2, at most " + limit.maxPixels() + " pixels, auto-orient " + autoOrient;
    }

    /** Whether a stream that begins with these bytes, 16 of them or all there are, is an image and no text. */
    public static boolean isHead(byte[] head) {
        boolean binary = false;
        for (byte b : head) {
            binary |= b <= 0; // a zero, or no ASCII
        }
        try {
            return binary && ImageFormat.of(head) != null;
        } catch (ImageException e) {
            return false;
        }
    }

    /** Reads the bytes of an image file; of a file that is no image no more than the head. */
    public static byte[] encoded(Path file) throws ImageException {
        return EncodedFile.read(file);
    }

    /** Decodes an image file. */
    public Pixels decode(Path file) throws ImageException {
        return decode(encoded(file));
    }

    /** Decodes the content of an image file. */
    public Pixels decode(byte[] encoded) throws ImageException {
        return decode(encoded, pixels -> pixels);
    }

    /** What is made of the pixels of an image while they have their share of the memory. */
    @FunctionalInterface
    public interface Use<T> {
        T of(Pixels pixels) throws ImageException;
    }

    /**
     * Decodes the content of an image file and makes something of its pixels, all within the image's share of the memory.
     * Images that need too much at once wait for each other; one for which the memory does not suffice is tried again
     * alone.
     *
     * @throws ImageException whatever goes wrong, here or in {@code use}
     */
    public <T> T decode(byte[] encoded, Use<T> use) throws ImageException {
        ImageFormat format = ImageFormat.of(encoded);
        try (DecodingMemory.Share share = DecodingMemory.SHARED.share()) {
            return new Attempt<>(format, () -> use.of(upright(format, encoded, new Admission(limit, share))))
                    .run(share);
        }
    }

    private Pixels upright(ImageFormat format, byte[] encoded, Admission admission) throws IOException, ImageException {
        Pixels stored = decode(format, encoded, admission);
        // Pillow turns a TIFF image while it decodes it, and no other.
        boolean turn = autoOrient || format == ImageFormat.TIFF;
        return turn ? Orientation.upright(stored, ExifOrientation.of(format, encoded)) : stored;
    }

    private Pixels decode(ImageFormat format, byte[] encoded, Admission admission) throws IOException, ImageException {
        return switch (format) {
            case JPEG -> JpegDecoder.decode(encoded, admission);
            case PNG -> PngDecoder.decode(encoded, admission);
            case GIF -> GifDecoder.decode(encoded, admission);
            case WEBP -> WebpDecoder.decode(encoded, admission);
            case BMP -> BmpDecoder.decode(encoded, admission);
            case TIFF, BIG_TIFF -> TiffDecoder.decode(format, encoded, admission);
        };
    }
}
