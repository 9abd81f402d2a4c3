package cnn.image;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Decodes TIFF, unless its first directory promises what the file cannot hold, or asks for work without end. */
final class TiffDecoder {
    private static final int UNCOMPRESSED = 1;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int YCBCR = 6;

    private TiffDecoder() {}

    static Pixels decode(ImageFormat format, byte[] encoded, Admission admission) throws IOException, ImageException {
        check(first(encoded), encoded, admission.limit());
        return PluginDecoder.decode(format, encoded, admission);
    }

    private static Directory first(byte[] encoded) throws IOException {
        Directory all = new TIFFReader().read(new ByteArrayStream(encoded));
        return all instanceof CompoundDirectory several ? several.getDirectory(0) : all;
    }

    private static void check(Directory directory, byte[] file, PixelLimit limit) throws ImageException {
        long width = number(directory, TIFF.TAG_IMAGE_WIDTH, 0);
        long height = number(directory, TIFF.TAG_IMAGE_HEIGHT, 0);
        limit.check(width, height);
        long tileWidth = number(directory, TIFF.TAG_TILE_WIDTH, width);
        long tileHeight = number(directory, TIFF.TAG_TILE_HEIGTH, number(directory, TIFF.TAG_ROWS_PER_STRIP, height));
        limit.check(tileWidth, Math.min(tileHeight, height));
        long compression = number(directory, TIFF.TAG_COMPRESSION, UNCOMPRESSED);
        if (compression == JPEG || compression == OLD_JPEG) {
            JpegScans.ofAll(file).check(tileWidth * Math.min(tileHeight, height), file.length);
        }
        boolean plain =
                compression == UNCOMPRESSED && number(directory, TIFF.TAG_PHOTOMETRIC_INTERPRETATION, 0) != YCBCR;
        if (plain && width * height * bitsPerPixel(directory) / Byte.SIZE > file.length) {
            throw ImageException.unreadable(
                    "truncated TIFF image: %d bytes do not hold %dx%d pixels".formatted(file.length, width, height));
        }
    }

    private static long bitsPerPixel(Directory directory) {
        long[] bits = numbers(directory, TIFF.TAG_BITS_PER_SAMPLE);
        long samples = number(directory, TIFF.TAG_SAMPLES_PER_PIXEL, 1);
        return bits.length == samples ? LongStream.of(bits).sum() : samples * (bits.length == 0 ? 1 : bits[0]);
    }

    private static long number(Directory directory, int tag, long otherwise) {
        long[] numbers = numbers(directory, tag);
        return numbers.length == 0 ? otherwise : numbers[0];
    }

    private static long[] numbers(Directory directory, int tag) {
        Entry entry = directory.getEntryById(tag);
        Object value = entry == null ? null : entry.getValue();
        if (value instanceof Number one) {
            return new long[] {one.longValue()};
        }
        if (value instanceof int[] several) {
            return Arrays.stream(several).asLongStream().toArray();
        }
        return value instanceof long[] several ? several : new long[0];
    }
}
