package cnn.image;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.Optional;

/**
 * Decodes JPEG with the system's libturbojpeg, where one is installed: to the bytes of Pillow and of the JDK, in less than
 * half the time of the libjpeg that most Javas bring along.
 *
 * <p>It is for pictures of the usual kind and without a fault. Whatever it warns of is for the JDK's reader to judge.
 */
final class TurboJpeg {
    /** Of turbojpeg.h: R G B, the slow integer DCT, no result where there is a warning. */
    private static final int TJPF_RGB = 0;

    private static final int ACCURATE_DCT = 4096;
    private static final int STOP_ON_WARNING = 8192;
    /** What is larger is rare, and would take much memory a second time, of the system's. */
    private static final long MOST_PIXELS = 1 << 24;

    private TurboJpeg() {}

    /** Whether a picture is of the usual kind: YCbCr in one scan, its colours halved in no direction, across, or in both. */
    static boolean takes(JpegHeader header) {
        JpegFrame frame = header.frame();
        return frame.components() == 3
                && header.transformed()
                && !header.severalScans()
                && frame.isUsual()
                && (long) frame.width() * frame.height() <= MOST_PIXELS;
    }

    /** R G B of a picture that it {@link #takes}; nothing where there is no libturbojpeg, or no flawless picture. */
    static Optional<byte[]> rgb(JpegHeader header) {
        if (!isInstalled()) {
            return Optional.empty();
        }
        int width = header.frame().width();
        int height = header.frame().height();
        byte[] rgb = new byte[3 * width * height];
        Pointer decoder = Library.tjInitDecompress();
        if (decoder == null) {
            return Optional.empty();
        }
        try {
            int failed = Library.tjDecompress2(
                    decoder,
                    header.stream(),
                    new NativeLong(header.stream().length),
                    rgb,
                    width,
                    3 * width,
                    height,
                    TJPF_RGB,
                    ACCURATE_DCT | STOP_ON_WARNING);
            return failed == 0 ? Optional.of(rgb) : Optional.empty();
        } finally {
            Library.tjDestroy(decoder);
        }
    }

    /** Whether the system has a libturbojpeg that can be called. */
    static boolean isInstalled() {
        return Found.LIBRARY;
    }

    private static final class Found {
        static final boolean LIBRARY = load();

        private static boolean load() {
            // Another release's part of JNA, installed on the system, would be taken before its own.
            System.setProperty("jna.nosys", "true");
            try {
                Native.register(Library.class, Platform.isLinux() ? "libturbojpeg.so.0" : "turbojpeg");
                return true;
            } catch (LinkageError none) {
                return false;
            }
        }
    }

    /** Its functions, called by name. */
    private static final class Library {
        static native Pointer tjInitDecompress();

        static native int tjDecompress2(
                Pointer decoder,
                byte[] jpeg,
                NativeLong bytes,
                byte[] pixels,
                int width,
                int rowBytes,
                int height,
                int pixelFormat,
                int flags);

        static native int tjDestroy(Pointer decoder);
    }
}
