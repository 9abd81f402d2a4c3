package cnn.image;

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

    private PngDecoder() {}

    static Pixels decode(byte[] encoded, Admission admission) throws IOException, ImageException {
        byte[] stripped = strip(encoded, admission);
        ImageReader reader = Readers.open(ImageFormat.PNG, stripped);
        try {
            return RgbRaster.read(reader);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] strip(byte[] file, Admission admission) throws ImageException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, SIGNATURE_BYTES);
        PngHeader header = null;
        long dataBytes = 0;
        for (PngChunk chunk = PngChunk.at(file, SIGNATURE_BYTES); chunk != null; chunk = chunk.next()) {
            if (header == null) {
                header = PngHeader.of(chunk);
                admission.limit().check(header.width(), header.height());
                kept.write(file, chunk.start(), chunk.totalBytes());
            } else if (chunk.is("PLTE") && header.hasPalette()) {
                chunk.checkCrc();
                writePalette(kept, chunk);
            } else if (chunk.is("IDAT")) {
                dataBytes += chunk.totalBytes();
                kept.write(file, chunk.start(), chunk.totalBytes());
            } else if (chunk.is("IEND")) {
                break;
            }
        }
        if (header == null) {
            throw ImageException.unreadable("truncated PNG image: the file ends within its header");
        }
        header.checkData(dataBytes);
        admission.require(header.width(), header.height(), header.decodedBytes());
        writeChunk(kept, "IEND", new byte[0]);
        return kept.toByteArray();
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
