package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_format_kind_wino;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_strides;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_submemory;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * How a tensor lies in memory: its sizes in oneDNN's logical order (images, channels, height, width), the type of its
 * numbers and their order. The native description belongs to a scope.
 */
final class Layout {
    private final dnnl_memory_desc_t descriptor;
    private final long[] sizes;

    private Layout(dnnl_memory_desc_t descriptor, long[] sizes) {
        this.descriptor = descriptor;
        this.sizes = sizes;
    }

    /** The layout of nothing: of a bias that a layer does not have. */
    static Layout none(NativeScope scope) {
        dnnl_memory_desc_t descriptor = scope.own(new dnnl_memory_desc_t());
        Pointer.memset(descriptor, 0, descriptor.sizeof());
        return new Layout(descriptor, new long[0]);
    }

    /** Leaves the order to oneDNN. */
    static Layout any(NativeScope scope, int type, long... sizes) {
        return tagged(scope, type, dnnl_format_tag_any, sizes);
    }

    /** The order that oneDNN calls {@code tag}. */
    static Layout tagged(NativeScope scope, int type, int tag, long... sizes) {
        dnnl_memory_desc_t descriptor = scope.own(new dnnl_memory_desc_t());
        Dnnl.check(dnnl_memory_desc_init_by_tag(descriptor, sizes.length, sizes, type, tag), "layout");
        return new Layout(descriptor, sizes);
    }

    /** The order given by the distance, in numbers, between neighbours along each axis. */
    static Layout strided(NativeScope scope, int type, long[] sizes, long... strides) {
        dnnl_memory_desc_t descriptor = scope.own(new dnnl_memory_desc_t());
        Dnnl.check(dnnl_memory_desc_init_by_strides(descriptor, sizes.length, sizes, type, strides), "strided layout");
        return new Layout(descriptor, sizes);
    }

    /** Images one behind the other, each in Keras's order: channels innermost. */
    static Layout plain(NativeScope scope, int type, long... sizes) {
        long[] strides = new long[sizes.length];
        strides[1] = 1;
        long stride = sizes[1];
        for (int axis = sizes.length - 1; axis > 1; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        strides[0] = stride;
        return strided(scope, type, sizes, strides);
    }

    /** A copy of a description that belongs to oneDNN. */
    static Layout copy(NativeScope scope, dnnl_memory_desc_t original) {
        dnnl_memory_desc_t descriptor = scope.own(new dnnl_memory_desc_t());
        Pointer.memcpy(descriptor, original, original.sizeof());
        long[] sizes = new long[descriptor.ndims()];
        descriptor.dims().get(sizes);
        return new Layout(descriptor, sizes);
    }

    /** What {@link #toBytes} gave. */
    static Layout ofBytes(NativeScope scope, byte[] bytes) {
        dnnl_memory_desc_t descriptor = scope.own(new dnnl_memory_desc_t());
        new BytePointer(descriptor).capacity(descriptor.sizeof()).put(bytes);
        return copy(scope, descriptor);
    }

    /** As oneDNN has it in memory. */
    byte[] toBytes() {
        byte[] bytes = new byte[descriptor.sizeof()];
        new BytePointer(descriptor).capacity(bytes.length).get(bytes);
        return bytes;
    }

    /**
     * Of a tensor in this layout the part of {@code sizes} that starts at {@code offsets}; empty where its border goes
     * through a block of channels.
     */
    Optional<Layout> part(NativeScope scope, long[] sizes, long... offsets) {
        dnnl_memory_desc_t part = scope.own(new dnnl_memory_desc_t());
        int status = dnnl_memory_desc_init_submemory(part, descriptor, sizes, offsets);
        return status == dnnl_success ? Optional.of(new Layout(part, sizes)) : Optional.empty();
    }

    /** The same order of numbers of another type. */
    Layout as(NativeScope scope, int type) {
        Layout other = copy(scope, descriptor);
        other.descriptor.data_type(type);
        return other;
    }

    dnnl_memory_desc_t descriptor() {
        return descriptor;
    }

    long[] sizes() {
        return sizes;
    }

    int type() {
        return descriptor.data_type();
    }

    /** Bytes from the first to the last number; 0 for the layout of nothing. */
    long bytes() {
        return dnnl_memory_desc_get_size(descriptor);
    }

    /** Whether the numbers are not those of the tensor, but of its transform into Winograd's tiles. */
    boolean isTransformed() {
        return descriptor.format_kind() == dnnl_format_kind_wino;
    }

    boolean same(Layout that) {
        return dnnl_memory_desc_equal(descriptor, that.descriptor) != 0;
    }
}
