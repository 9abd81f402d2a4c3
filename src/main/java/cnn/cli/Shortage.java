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
        if (cause instanceof IOException file && IoReason.lacksHandles(file)) {
            return Optional.of(handles(said(cause)));
        }
        return Optional.empty();
    }

    private static boolean isNative(Throwable cause) {
        return cause instanceof UnsatisfiedLinkError
                || (cause instanceof NoClassDefFoundError && said(cause).contains("org.bytedeco"));
    }

    /**
     * Whether no file can be opened now, in a line for the user: that a class or a setting of Java's was not found says
     * nothing of why its file could not be opened.
     */
    static Optional<String> ofHandles(Throwable failure) {
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("java.home"), "release"))) {
            return Optional.empty();
        } catch (IOException e) {
            return IoReason.lacksHandles(e) ? Optional.of(handles(said(failure))) : Optional.empty();
        }
    }

    private static String handles(String said) {
        return "too many open files for the limit of this shell or machine (" + said
                + "): raise it, e.g. ulimit -n 1024";
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN);
    }
}
