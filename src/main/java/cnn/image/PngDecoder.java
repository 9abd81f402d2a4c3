package cnn.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageReader;

/**
 * Decodes PNG with the JDK's reader, which is given the chunks that make pixels (IHDR, PLTE, IDAT) and nothing else: no
 * gamma, colour profile, transparency or compressed text can change the picture or break the decoding.
 */
final class PngDecoder {
    private static final int SIGNATURE_BYTES = 8;
    private static final int PALETTE_COLOURS = 3;

    private PngDecoder() {}

    static Pixels decode(byte[] encoded, PixelLimit limit) throws IOException, ImageException {
        byte[] stripped = strip(encoded, limit);
        ImageReader reader = Readers.open(ImageFormat.PNG, stripped);
        try {
            BufferedImage image = reader.read(0);
            return RasterPixels.of(image.getRaster(), image.getColorModel());
        } finally {
            reader.dispose();
        }
    }

    private static byte[] strip(byte[] file, PixelLimit limit) throws ImageException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, SIGNATURE_BYTES);
        int colourType = -1;
        for (PngChunk chunk = PngChunk.at(file, SIGNATURE_BYTES); chunk != null; chunk = chunk.next()) {
            if (colourType < 0) {
                colourType = checkHeader(chunk, limit);
                kept.write(file, chunk.start(), chunk.totalBytes());
            } else if (chunk.is("PLTE") && colourType == PALETTE_COLOURS) {
                chunk.checkCrc();
                writePalette(kept, chunk);
            } else if (chunk.is("IDAT")) {
                kept.write(file, chunk.start(), chunk.totalBytes());
            } else if (chunk.is("IEND")) {
                break;
            }
        }
        if (colourType < 0) {
            throw ImageException.unreadable("truncated PNG image: the file ends within its header");
        }
        writeChunk(kept, "IEND", new byte[0]);
        return kept.toByteArray();
    }

    /** Checks the size and gives the colour type. */
    private static int checkHeader(PngChunk chunk, PixelLimit limit) throws ImageException {
        if (!chunk.is("IHDR") || chunk.length() != 13 || chunk.totalBytes() != 13 + 12) {
            throw ImageException.unreadable("damaged PNG image: it does not start with a header");
        }
        chunk.checkCrc();
        limit.check(chunk.unsigned32(0), chunk.unsigned32(4));
        return chunk.unsigned8(9);
    }

    /** The palette, filled up to 256 colours with greys as Pillow does it. */
    private static void writePalette(ByteArrayOutputStream to, PngChunk chunk) {
        byte[] colours = GreyRamp.completed(chunk.file(), chunk.start() + 8, (int) Math.min(768, chunk.length()));
        writeChunk(to, "PLTE", colours);
    }

    private static void writeChunk(ByteArrayOutputStream to, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        write32(to, data.length);
        to.writeBytes(name);
        to.writeBytes(data);
        write32(to, (int) crc.getValue());
    }

    private static void write32(ByteArrayOutputStream to, int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            to.write(value >> shift);
        }
    }
}
