package cnn.cli;

import cnn.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the machine lacks, where that is why something failed: no fault of the command line, the data or the tool. */
final class Shortage {
    private static final int LONGEST_CHAIN = 50;
    /** ENOSPC and EDQUOT. */
    private static final List<String> NO_SPACE = List.of("No space left on device", "Disk quota exceeded");

    private Shortage() {}

    /** Memory, file handles or native libraries that are lacking, in a line for the user. */
    static Optional<String> in(Throwable failure) {
        return chain(failure).map(Shortage::lacking).flatMap(Optional::stream).findFirst();
    }

    /** A full disk, in a line for the user. */
    static Optional<String> ofDisk(Throwable failure) {
        return chain(failure)
                .filter(cause ->
                        cause instanceof IOException && NO_SPACE.stream().anyMatch(said(cause)::contains))
                .map(cause -> "cannot write: " + IoReason.of((IOException) cause) + "; make room and run it again")
                .findFirst();
    }

    private static Optional<String> lacking(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return Optional.of(
                    "not enough memory (" + said(cause) + "): a smaller --batch-size and fewer --threads need"
                            + " less; CNN_JAVA_OPTIONS=-Xmx4g lets Java have more");
        }
        if (cause instanceof StackOverflowError) {
            return Optional.of("the model or the file is nested too deeply for this machine's stack; if it is meant to"
                    + " be: CNN_JAVA_OPTIONS=-Xss64m");
        }
        if (isNative(cause)) {
            return Optional.of("cannot load the native libraries (" + said(cause) + "): they are unpacked to "
                    + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache") + "; make room there, or"
                    + " name another folder: CNN_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR");
        }
        boolean lacksHandles = cause instanceof IOException file && IoReason.lacksHandles(file);
        if (lacksHandles || (cause instanceof NoClassDefFoundError && noFileCanBeOpened())) {
            return Optional.of("too many open files for the limit of this shell or machine (" + said(cause)
                    + "): raise it, e.g. ulimit -n 1024");
        }
        return Optional.empty();
    }

    private static boolean isNative(Throwable cause) {
        return cause instanceof UnsatisfiedLinkError
                || (cause instanceof NoClassDefFoundError && said(cause).contains("org.bytedeco"));
    }

    /** Why a class was not found is lost on the way; that its archive could not be opened shows with any other file. */
    private static boolean noFileCanBeOpened() {
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("java.home"), "release"))) {
            return false;
        } catch (IOException e) {
            return IoReason.lacksHandles(e);
        }
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN);
    }
}
