package cnn.image;

import cnn.IoReason;
import cnn.image.ImageException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Work on one image of which nothing escapes but an {@link ImageException}: the one place that says what becomes of an
 * image when anything at all goes wrong with it.
 *
 * @param what the image is called in messages
 */
record Attempt<T>(Object what, Work<T> work) {
    /** What libjpeg says when the system refuses it memory. */
    private static final String LIBJPEG_NO_MEMORY = "Insufficient memory";

    interface Work<T> {
        T run() throws IOException, ImageException;
    }

    /** Does the work, and does it again with all the memory when the share of it did not suffice. */
    T run(DecodingMemory.Share share) throws ImageException {
        try {
            return once();
        } catch (ImageException e) {
            if (e.code() != Code.OUT_OF_MEMORY) {
                throw e;
            }
        }
        // What the first attempt has allocated is garbage by now.
        share.takeAll();
        return once();
    }

    private T once() throws ImageException {
        try {
            return work.run();
        } catch (IOException e) {
            throw isOutOfMemory(e) ? outOfMemory(e) : failed("damaged " + what + " image: " + oneLine(e), e);
        } catch (RuntimeException e) {
            if (e instanceof UncheckedIOException io && IoReason.lacksHandles(io.getCause())) {
                throw e; // says nothing of the image
            }
            // The plug-ins answer broken files with any kind of runtime exception; so may a fault in this program.
            throw isOutOfMemory(e)
                    ? outOfMemory(e)
                    : failed("damaged " + what + " image: " + e.getClass().getSimpleName() + ": " + oneLine(e), e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e);
        } catch (StackOverflowError e) {
            throw failed("damaged " + what + " image: nested too deeply", e);
        }
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof OutOfMemoryError
                || (message != null && message.startsWith(LIBJPEG_NO_MEMORY))
                || (thrown.getCause() != null && isOutOfMemory(thrown.getCause()));
    }

    private ImageException outOfMemory(Throwable cause) {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return new ImageException(
                Code.OUT_OF_MEMORY,
                "the %s image does not fit in memory: Java may take %d MB (CNN_JAVA_OPTIONS=-Xmx4g gives it more)"
                        .formatted(what, megabytes),
                cause);
    }

    private static ImageException failed(String message, Throwable cause) {
        return new ImageException(Code.UNREADABLE_IMAGE, message, cause);
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }
}
