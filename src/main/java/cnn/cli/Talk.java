package cnn.cli;

import cnn.Counted;
import cnn.report.OneLine;
import cnn.weights.FetchListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** What is said to the user while a command works: notes, and one line of progress that is written over. */
final class Talk implements FetchListener {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long NANOS_BETWEEN = 100_000_000L;
    private static final double MEGABYTE = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter err;
    private final Terminal terminal;
    private final boolean showsProgress;
    private final boolean quiet;
    private final boolean verbose;
    private String downloading = "";
    private Rate rate = new Rate();
    private boolean lineIsOpen;
    private boolean toldOfTheHome;
    private long lastShown;
    private long lastDetail = System.nanoTime();

    Talk(PrintWriter err, Terminal terminal, boolean showsProgress, boolean quiet, boolean verbose) {
        this.err = err;
        this.terminal = terminal;
        this.showsProgress = showsProgress && terminal.err() && terminal.moving() && !quiet;
        this.quiet = quiet;
        this.verbose = verbose;
    }

    @Override
    public void progress(String fileName, long doneBytes, long totalBytes) {
        if (!fileName.equals(downloading)) {
            downloading = fileName;
            rate = new Rate();
        }
        double perSecond = rate.of(doneBytes);
        String all = totalBytes < 0 ? "" : String.format(Locale.ROOT, " of %.1f", totalBytes / MEGABYTE);
        show(new ProgressLine(
                "downloading " + fileName,
                totalBytes <= 0 ? Double.NaN : Math.min(1, (double) doneBytes / totalBytes),
                String.format(Locale.ROOT, "%.1f%s MB", doneBytes / MEGABYTE, all)
                        + ProgressLine.rate(perSecond / MEGABYTE, ", %.1f MB a second"),
                totalBytes > doneBytes ? (totalBytes - doneBytes) / perSecond : Double.NaN,
                ""));
    }

    @Override
    public void note(String line) {
        if (!quiet) {
            clear();
            err.println("cnn: " + OneLine.of(line));
        }
    }

    /** Said once: weights and features are kept in the same home. */
    @Override
    public void cannotKeep(IOException why) {
        if (!toldOfTheHome) {
            toldOfTheHome = true;
            FetchListener.super.cannotKeep(why);
        }
    }

    /** A line that is said as it is, for scripts to read. */
    void line(String line) {
        if (!quiet) {
            clear();
            err.println(line);
        }
    }

    /** Says at the end what is in a file of rows. */
    void written(long images, long failed, Path file) {
        line(OneLine.of(String.format(Locale.ROOT, "%s, %,d failed -> %s", Counted.of(images, "image"), failed, file)));
    }

    /** Said only with --verbose, with the time since the last such line or the start. */
    @Override
    public void detail(String line) {
        if (verbose) {
            clear();
            long now = System.nanoTime();
            double seconds = (now - lastDetail) / NANOS_PER_SECOND;
            err.println("cnn: " + OneLine.of(String.format(Locale.ROOT, "%s (%.2f s)", line, seconds)));
            lastDetail = now;
        }
    }

    /** Whether anybody sees {@link #show} or {@link #detail}. */
    boolean showsMore() {
        return showsProgress || verbose;
    }

    /** Replaces the line of progress, ten times a second at most. */
    void show(String line) {
        print(() -> ProgressLine.fit(OneLine.of(line), terminal));
    }

    /** See {@link #show(String)}. */
    void show(ProgressLine line) {
        print(() -> line.in(terminal));
    }

    private void print(Supplier<String> line) {
        long now = System.nanoTime();
        if (showsProgress && (lastShown == 0 || now - lastShown > NANOS_BETWEEN)) {
            lastShown = now;
            lineIsOpen = true;
            err.print(CLEAR_LINE + line.get());
            err.flush();
        }
    }

    /** Takes the line of progress away. */
    void clear() {
        if (lineIsOpen) {
            err.print(CLEAR_LINE);
            err.flush();
            lineIsOpen = false;
            lastShown = 0;
        }
    }
}
