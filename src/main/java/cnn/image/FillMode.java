package cnn.image;

/** What lies beyond the border of an image that is moved; TensorFlow's names. */
enum FillMode {
    /** The image mirrored, the edge pixel twice: d c b a | a b c d | d c b a. */
    REFLECT {
        @Override
        int inside(int index, int size) {
            int place = Math.floorMod(index, 2 * size);
            return place < size ? place : 2 * size - 1 - place;
        }
    },
    /** The edge pixel: a a a a | a b c d | d d d d. */
    NEAREST {
        @Override
        int inside(int index, int size) {
            return Math.max(0, Math.min(index, size - 1));
        }
    },
    /** Black. */
    CONSTANT {
        @Override
        int inside(int index, int size) {
            return index >= 0 && index < size ? index : NOWHERE;
        }
    },
    /** The image again: a b c d | a b c d | a b c d. */
    WRAP {
        @Override
        int inside(int index, int size) {
            return Math.floorMod(index, size);
        }
    };

    /** No pixel of the image. */
    static final int NOWHERE = -1;

    /** The row or column, of {@code size}, that stands at {@code index} of the plane; or {@link #NOWHERE}. */
    abstract int inside(int index, int size);
}
