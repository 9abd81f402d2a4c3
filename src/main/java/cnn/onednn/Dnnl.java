package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_out_of_memory;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import cnn.program.Precision;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;

/** oneDNN's CPU engine and a stream on it, both without state and shared by the whole process; and its status codes. */
final class Dnnl {
    static final dnnl_engine ENGINE = engine();
    static final dnnl_stream STREAM = stream();

    private Dnnl() {}

    /** @throws IllegalStateException if {@code status}, that {@code what} gave, is not success */
    static void check(int status, String what) {
        if (status == dnnl_out_of_memory) {
            throw new OutOfMemoryError("oneDNN: no memory for " + what);
        }
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN: status " + status + " from " + what);
        }
    }

    /** oneDNN's name of the type of numbers that are not of 8 bits. */
    static int type(Precision precision) {
        return precision == Precision.BF16 ? dnnl_bf16 : dnnl_f32;
    }

    private static dnnl_engine engine() {
        dnnl_engine engine = new dnnl_engine();
        check(dnnl_engine_create(engine, dnnl_cpu, 0), "engine");
        return engine;
    }

    private static dnnl_stream stream() {
        dnnl_stream stream = new dnnl_stream();
        check(dnnl_stream_create(stream, ENGINE, dnnl_stream_default_flags), "stream");
        return stream;
    }
}
