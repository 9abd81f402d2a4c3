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
        return "decoder 1, at most " + limit.maxPixels() + " pixels, auto-orient " + autoOrient;
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
        ImageFormat format = ImageFormat.of(encoded);
        try {
            Pixels stored = decode(format, encoded);
            // Pillow turns a TIFF image while it decodes it, and no other.
            boolean turn = autoOrient || format == ImageFormat.TIFF;
            return turn ? Orientation.upright(stored, ExifOrientation.of(format, encoded)) : stored;
        } catch (IOException | RuntimeException e) {
            // The plug-ins answer broken files with any kind of runtime exception.
            throw new ImageException(
                    ImageException.Code.UNREADABLE_IMAGE, "damaged " + format + " image: " + oneLine(e), e);
        } catch (OutOfMemoryError e) {
            // One of the large arrays was refused; what was allocated for this image is garbage by now.
            throw new ImageException(ImageException.Code.TOO_LARGE, "the image does not fit in memory", e);
        } catch (StackOverflowError e) {
            throw new ImageException(
                    ImageException.Code.UNREADABLE_IMAGE, "damaged " + format + " image: nested too deeply", e);
        }
    }

    private Pixels decode(ImageFormat format, byte[] encoded) throws IOException, ImageException {
        return switch (format) {
            case JPEG -> JpegDecoder.decode(encoded, limit);
            case PNG -> PngDecoder.decode(encoded, limit);
            case GIF -> GifDecoder.decode(encoded, limit);
            case WEBP -> WebpDecoder.decode(encoded, limit);
            case BMP, TIFF, BIG_TIFF -> PluginDecoder.decode(format, encoded, limit);
        };
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }
}
