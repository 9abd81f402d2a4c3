package cnn.image;

import java.io.ByteArrayOutputStream;

/**
 * The first frame of a GIF file, and the screen it is on (GIF89a specification).
 *
 * @param screenWidth of the logical screen, which may be smaller than the frame
 * @param palette 256 colours, R G B
 * @param aroundIndex the colour around the frame
 * @param interlaced whether its lines come in four passes
 * @param dataAt where its compressed data begin in the file
 */
record GifFrame(
        int screenWidth,
        int screenHeight,
        int left,
        int top,
        int frameWidth,
        int frameHeight,
        byte[] palette,
        int aroundIndex,
        boolean interlaced,
        int dataAt) {
    private static final int SCREEN_AT = 6;
    private static final int BLOCKS_AT = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int IMAGE = 0x2c;
    private static final int DESCRIPTOR_BYTES = 10;
    /** A code of 12 bits stands for no more than 4096 pixels, and shorter codes for less still. */
    private static final long MOST_PIXELS_OF_A_BYTE = 4096 * 8 / 12 + 1;

    /** Finds the first frame. */
    static GifFrame first(byte[] file) throws ImageException {
        int screenFlags = unsigned8(file, SCREEN_AT + 4);
        byte[] palette = palette(file, BLOCKS_AT, screenFlags);
        int at = BLOCKS_AT + tableBytes(screenFlags);
        int around = 0;
        while (unsigned8(file, at) != IMAGE) {
            if (unsigned8(file, at) != EXTENSION) {
                throw ImageException.unreadable("damaged GIF image: no picture in it");
            }
            boolean transparent = unsigned8(file, at + 1) == GRAPHIC_CONTROL
                    && unsigned8(file, at + 2) == 4
                    && (unsigned8(file, at + 3) & 1) != 0;
            around = transparent ? unsigned8(file, at + 6) : around;
            at = afterSubBlocks(file, at + 2);
        }
        int flags = unsigned8(file, at + 9);
        int tableAt = at + DESCRIPTOR_BYTES;
        return new GifFrame(
                unsigned16(file, SCREEN_AT),
                unsigned16(file, SCREEN_AT + 2),
                unsigned16(file, at + 1),
                unsigned16(file, at + 3),
                unsigned16(file, at + 5),
                unsigned16(file, at + 7),
                tableBytes(flags) > 0 ? palette(file, tableAt, flags) : palette,
                around,
                (flags & 0x40) != 0,
                tableAt + tableBytes(flags));
    }

    /** Refuses a frame of more pixels than the rest of the file can hold, which is checked before any memory is taken. */
    void checkData(byte[] file) throws ImageException {
        if (MOST_PIXELS_OF_A_BYTE * (file.length - dataAt) < (long) frameWidth * frameHeight) {
            throw ImageException.unreadable("truncated GIF image: %d bytes do not hold %dx%d pixels"
                    .formatted(file.length - dataAt, frameWidth, frameHeight));
        }
    }

    int canvasWidth() {
        return Math.max(screenWidth, left + frameWidth);
    }

    int canvasHeight() {
        return Math.max(screenHeight, top + frameHeight);
    }

    /** A file with this frame only, the whole palette as its global one, and a screen of the frame's size. */
    byte[] alone(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length - dataAt + 1024);
        out.write(file, 0, SCREEN_AT);
        writeSize(out);
        out.write(0xf7);
        out.write(0);
        out.write(0);
        out.writeBytes(palette);
        out.write(IMAGE);
        out.writeBytes(new byte[4]);
        writeSize(out);
        out.write(interlaced ? 0x40 : 0);
        out.write(file, dataAt, file.length - dataAt);
        return out.toByteArray();
    }

    private void writeSize(ByteArrayOutputStream out) {
        out.write(frameWidth);
        out.write(frameWidth >> 8);
        out.write(frameHeight);
        out.write(frameHeight >> 8);
    }

    private static byte[] palette(byte[] file, int at, int flags) throws ImageException {
        int bytes = tableBytes(flags);
        if (at + bytes > file.length) {
            throw truncated();
        }
        return GreyRamp.completed(file, at, bytes);
    }

    /** Size of the colour table that the flags of a screen or a frame announce, 0 if there is none. */
    private static int tableBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
    }

    private static int afterSubBlocks(byte[] file, int from) throws ImageException {
        int at = from;
        while (unsigned8(file, at) != 0) {
            at += 1 + unsigned8(file, at);
        }
        return at + 1;
    }

    private static int unsigned16(byte[] file, int at) throws ImageException {
        return unsigned8(file, at) | unsigned8(file, at + 1) << 8;
    }

    private static int unsigned8(byte[] file, int at) throws ImageException {
        if (at >= file.length) {
            throw truncated();
        }
        return file[at] & 0xff;
    }

    private static ImageException truncated() {
        return ImageException.unreadable("truncated GIF image: the file ends before its picture");
    }
}
