package cnn.image;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Makes the one ImageIO reader that a format needs, without the search through the class path that {@code ImageIO} does
 * on its first use (half of the time that a first decode takes).
 */
final class Readers {
    private static final ConcurrentMap<ImageFormat, ImageReaderSpi> PROVIDERS = new ConcurrentHashMap<>();

    private Readers() {}

    /** A new reader for one image and one thread. */
    static ImageReader open(ImageFormat format, byte[] encoded) throws IOException {
        ImageReader reader = provider(format).createReaderInstance();
        reader.setInput(new ByteArrayStream(encoded), true, true);
        return reader;
    }

    private static ImageReaderSpi provider(ImageFormat format) {
        ImageReaderSpi known = PROVIDERS.get(format);
        if (known != null) {
            return known;
        }
        // No computeIfAbsent: its lambda would be the first of a fresh JVM, and cost several milliseconds.
        PROVIDERS.putIfAbsent(format, newProvider(format));
        return PROVIDERS.get(format);
    }

    private static ImageReaderSpi newProvider(ImageFormat format) {
        return switch (format) {
            case JPEG -> builtIn("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
            case PNG -> builtIn("com.sun.imageio.plugins.png.PNGImageReaderSpi");
            case GIF -> builtIn("com.sun.imageio.plugins.gif.GIFImageReaderSpi");
            case BMP, TIFF, BIG_TIFF, WEBP -> TwelveMonkeys.provider(format);
        };
    }

    /**
     * A reader of the JDK.
     *
     * <p>Run with {@code --add-exports java.desktop/com.sun.imageio.plugins.jpeg=ALL-UNNAMED} (png, gif) it is made
     * directly, which saves the start-up of the registry; otherwise the registry has it.
     */
    private static ImageReaderSpi builtIn(String className) {
        try {
            return (ImageReaderSpi)
                    Class.forName(className).getDeclaredConstructor().newInstance();
        } catch (IllegalAccessException notExported) {
            return registered(className);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | InvocationTargetException e) {
            throw new LinkageError("this Java has no " + className, e);
        }
    }

    private static synchronized ImageReaderSpi registered(String className) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // The registry loads every plug-in that the context class loader sees; the platform's sees the JDK's only.
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            Iterator<ImageReaderSpi> all =
                    IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
            while (all.hasNext()) {
                ImageReaderSpi provider = all.next();
                if (provider.getClass().getName().equals(className)) {
                    return provider;
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
        throw new LinkageError("this Java has no " + className);
    }
}
