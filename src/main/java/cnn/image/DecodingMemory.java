package cnn.image;

import java.util.concurrent.Semaphore;

/**
 * Shares the memory that decoding may take among all threads: an image waits until there is room for it, and one that
 * needs more than there is waits until it is alone.
 */
final class DecodingMemory {
    /** Of this process: a quarter of what Java may take, for the files, the network and the garbage need room too. */
    static final DecodingMemory SHARED = new DecodingMemory(Runtime.getRuntime().maxMemory() / 4);

    private static final long UNIT_BYTES = 1024;

    private final int units;
    private final Semaphore free;

    DecodingMemory(long bytes) {
        this.units = units(bytes, Integer.MAX_VALUE);
        this.free = new Semaphore(units, true);
    }

    /** The share of one image, empty at first. Used by one thread. */
    Share share() {
        return new Share();
    }

    private static int units(long bytes, int most) {
        return (int) Math.max(1, Math.min(most, bytes / UNIT_BYTES));
    }

    /** What one image holds until it is closed. */
    final class Share implements AutoCloseable {
        private int held;

        /** Waits for that much memory; does nothing if all of it is held. */
        void take(long bytes) {
            if (held == units) {
                return;
            }
            if (held > 0) {
                throw new IllegalStateException("an image that waits for more while it holds some may wait for ever");
            }
            acquire(units(bytes, units));
        }

        /** Gives back what is held, and waits until no other image holds any. */
        void takeAll() {
            close();
            acquire(units);
        }

        private void acquire(int wanted) {
            free.acquireUninterruptibly(wanted);
            held = wanted;
        }

        @Override
        public void close() {
            free.release(held);
            held = 0;
        }
    }
}
