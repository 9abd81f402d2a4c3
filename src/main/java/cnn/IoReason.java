package cnn;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why input or output failed, in words for the user. */
public final class IoReason {
    /** As the system calls it (errno EMFILE and ENFILE). */
    private static final String NO_HANDLES = "Too many open files";

    private IoReason() {}

    /** Whether the file is not to blame, but the number of files that are open. */
    public static boolean lacksHandles(IOException failure) {
        return failure.getMessage() != null && failure.getMessage().contains(NO_HANDLES);
    }

    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (failure instanceof NoSuchFileException missing) {
            return "no such file or directory: " + missing.getFile();
        }
        if (failure instanceof FileAlreadyExistsException other) {
            return "not a directory: " + other.getFile();
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason() + ": " + file.getFile();
        }
        if (failure instanceof ConnectException) {
            return isUnresolved(failure) ? "unknown host" : "no connection";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static boolean isUnresolved(Throwable failure) {
        return failure != null && (failure instanceof UnresolvedAddressException || isUnresolved(failure.getCause()));
    }
}
