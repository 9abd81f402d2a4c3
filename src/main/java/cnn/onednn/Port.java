package cnn.onednn;

import java.nio.FloatBuffer;

/** A stretch of a plan's memory that the caller writes or reads; known when all slots have their places. */
record Port(long offset, long bytes) {

    static Port of(Tensor tensor) {
        return new Port(
                tensor.slot().offset() + tensor.offset(), tensor.layout().bytes());
    }

    FloatBuffer in(NativeMemory.Block workspace) {
        return workspace.floats(offset, bytes);
    }
}
