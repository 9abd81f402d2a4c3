package cnn.weights;

import cnn.IoReason;
import java.io.IOException;

/** Hears how the fetching and checking of weight files goes on. */
public interface FetchListener {
    /** Hears nothing. */
    FetchListener SILENT = new FetchListener() {
        @Override
        public void progress(String fileName, long doneBytes, long totalBytes) {}

        @Override
        public void note(String line) {}
    };

    /**
     * A download has come this far; called for every few kilobytes.
     *
     * @param doneBytes bytes that are here, those of an earlier attempt included
     * @param totalBytes size of the whole file, -1 if the server does not tell
     */
    void progress(String fileName, long doneBytes, long totalBytes);

    /** Something that the user should know and that stops nothing, in one line. */
    void note(String line);

    /** Nothing can be kept for the next time, in a home that is full or read-only; the work goes on without. */
    default void cannotKeep(IOException why) {
        note("nothing can be kept for the next time (" + IoReason.of(why)
                + "): neither features nor the checksums that tell when a weight file changes");
    }

    /** Something that was done, for those who want to know all. */
    default void detail(String line) {}
}
