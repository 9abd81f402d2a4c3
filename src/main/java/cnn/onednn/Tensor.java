package cnn.onednn;

/**
 * Numbers in a plan's memory.
 *
 * @param offset of the first byte in the slot
 */
record Tensor(Layout layout, Slot slot, long offset) {

    Tensor(Layout layout, Slot slot) {
        this(layout, slot, 0);
    }

    /** The same, so many bytes further on. */
    Tensor behind(long bytes) {
        return new Tensor(layout, slot, offset + bytes);
    }

    /** The same bytes read in another way. */
    Tensor as(Layout other) {
        return new Tensor(other, slot, offset);
    }
}
