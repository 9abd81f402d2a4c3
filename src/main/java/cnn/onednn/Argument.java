package cnn.onednn;

import org.bytedeco.javacpp.Pointer;

/**
 * A tensor under the name by which an operation knows it.
 *
 * @param name one of oneDNN's {@code DNNL_ARG_...}
 * @param slot where it lies in the memory that a plan is given; null if it has a fixed place
 * @param offset of the first byte in the slot
 * @param place its fixed place; null if it lies in a slot
 */
record Argument(int name, Layout layout, Slot slot, long offset, Pointer place) {

    static Argument of(int name, Tensor tensor) {
        return new Argument(name, tensor.layout(), tensor.slot(), tensor.offset(), null);
    }

    static Argument of(int name, Layout layout, Pointer place) {
        return new Argument(name, layout, null, 0, place);
    }
}
