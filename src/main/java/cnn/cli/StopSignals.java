package cnn.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C and SIGTERM as a wish to stop, as long as this is open: the first one is noted, the next ends the process at once.
 *
 * <p>A shutdown hook would not do: it runs beside the work, which may not load classes that have hooks of their own by then,
 * and the Java machine does not listen to a second signal.
 */
final class StopSignals implements AutoCloseable, BooleanSupplier {
    /** The shell's code for a command that Ctrl-C ended: 128 and the signal's number. */
    static final int EXIT_CODE = 130;

    private final Map<Signal, SignalHandler> before = new HashMap<>();
    private final Runnable onFirst;
    private volatile boolean stopping;

    /**
     * @param onFirst is run on another thread when the first signal comes
     */
    StopSignals(Runnable onFirst) {
        this.onFirst = onFirst;
        for (String name : new String[] {"INT", "TERM"}) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, this::received));
        }
    }

    /** Whether a signal has come. */
    @Override
    public boolean getAsBoolean() {
        return stopping;
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }

    private synchronized void received(Signal signal) {
        if (stopping) {
            before.get(signal).handle(signal);
            return;
        }
        stopping = true;
        onFirst.run();
    }
}
