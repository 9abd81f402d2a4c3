package cnn.train;

import cnn.image.Augmentation;
import cnn.network.Shape;
import cnn.zoo.Preprocessing;
import java.nio.ByteBuffer;

/** Samples in memory, each ready to become a network's input. Any number of threads may read at once. */
sealed interface SampleRows {

    /** How many numbers one sample is. */
    int floats();

    /**
     * Writes a sample.
     *
     * @param epoch another one may give another picture of the same sample
     * @param to receives {@link #floats} numbers from index 0 on
     */
    void read(int row, int epoch, float[] to);

    /** Numbers as they are: features. */
    record Numbers(RowTable table, int floats) implements SampleRows {

        static Numbers of(int rows, int floats) {
            return new Numbers(RowTable.of(rows, Math.multiplyExact(floats, Float.BYTES)), floats);
        }

        void write(int row, float[] values) {
            table.row(row).asFloatBuffer().put(values);
        }

        @Override
        public void read(int row, int epoch, float[] to) {
            table.row(row).asFloatBuffer().get(to, 0, floats);
        }
    }

    /**
     * Pixels of 0 to 255 that are augmented and scaled each time they are read.
     *
     * @param whole whether all levels are whole numbers, so that a byte holds one
     * @param keys tell images apart for the augmentation
     */
    record Pictures(
            RowTable table,
            Shape shape,
            boolean whole,
            long[] keys,
            Augmentation augmentation,
            long seed,
            Preprocessing preprocessing)
            implements SampleRows {

        @Override
        public int floats() {
            return Math.toIntExact(shape.elements());
        }

        void write(int row, float[] levels, long key) {
            keys[row] = key;
            ByteBuffer place = table.row(row);
            if (!whole) {
                place.asFloatBuffer().put(levels);
                return;
            }
            byte[] bytes = new byte[levels.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (int) levels[i];
            }
            place.put(bytes);
        }

        @Override
        public void read(int row, int epoch, float[] to) {
            ByteBuffer place = table.row(row);
            int floats = floats();
            if (whole) {
                byte[] bytes = new byte[floats];
                place.get(bytes);
                for (int i = 0; i < floats; i++) {
                    to[i] = bytes[i] & 0xff;
                }
            } else {
                place.asFloatBuffer().get(to, 0, floats);
            }
            if (!augmentation.isNone()) {
                augmentation.apply(to, 0, shape.height(), shape.width(), seed, epoch, keys[row]);
            }
            preprocessing.scale(to, 0, floats);
        }
    }
}
