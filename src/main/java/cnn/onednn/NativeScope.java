package cnn.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** Closes native handles in reverse order of their creation. */
final class NativeScope implements AutoCloseable {
    private final Deque<Runnable> closers = new ArrayDeque<>();

    /** Frees what {@code pointer} points to when this is closed. */
    <P extends Pointer> P own(P pointer) {
        closers.push(pointer::deallocate);
        return pointer;
    }

    void onClose(Runnable closer) {
        closers.push(closer);
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}
