package cnn.zoo;

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
}
