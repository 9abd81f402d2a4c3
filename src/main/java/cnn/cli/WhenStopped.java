package cnn.cli;

import java.util.Optional;
import java.util.function.Supplier;

/** Says a line if the process is stopped, by Ctrl-C for one, before this is closed. */
final class WhenStopped implements AutoCloseable {
    private final Thread hook;

    /**
     * @param line asked for on a thread of its own when the process is stopped
     */
    WhenStopped(Talk talk, Supplier<Optional<String>> line) {
        hook = new Thread(() -> line.get().ifPresent(said -> talk.note("stopped: " + said)), "when-stopped");
        change(() -> Runtime.getRuntime().addShutdownHook(hook));
    }

    @Override
    public void close() {
        change(() -> Runtime.getRuntime().removeShutdownHook(hook));
    }

    private static void change(Runnable hooks) {
        try {
            hooks.run();
        } catch (IllegalStateException e) {
            return; // the process is being stopped already
        }
    }
}
