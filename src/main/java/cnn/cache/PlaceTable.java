package cnn.cache;

import java.util.function.LongPredicate;

/**
 * Where records lie, by the first 64 bits of their keys: open addressing in two arrays, about 25 bytes an entry.
 *
 * <p>Of two keys that share these bits only the later one is found; whoever reads a record compares the whole key, so that
 * costs a computation and never gives a wrong answer. A place is any number but 0.
 */
final class PlaceTable {
    private static final long NONE = 0;
    private static final int LEAST_CAPACITY = 1 << 10;

    private long[] keys = new long[LEAST_CAPACITY];
    private long[] places = new long[LEAST_CAPACITY];
    private int size;

    /** The place put for {@code key} last, or 0. */
    long get(long key) {
        return places[slot(key)];
    }

    void put(long key, long place) {
        if (place == NONE) {
            throw new IllegalArgumentException("0 is no place");
        }
        if (3 * (size + 1) > 2 * places.length) {
            rebuild(2 * places.length, kept -> true);
        }
        int slot = slot(key);
        size += places[slot] == NONE ? 1 : 0;
        keys[slot] = key;
        places[slot] = place;
    }

    /** Forgets the places that {@code unwanted} names. */
    void removeIf(LongPredicate unwanted) {
        rebuild(places.length, unwanted.negate());
    }

    int size() {
        return size;
    }

    private void rebuild(int capacity, LongPredicate kept) {
        long[] oldKeys = keys;
        long[] oldPlaces = places;
        keys = new long[capacity];
        places = new long[capacity];
        size = 0;
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != NONE && kept.test(oldPlaces[i])) {
                put(oldKeys[i], oldPlaces[i]);
            }
        }
    }

    /** The slot that holds {@code key}, or the free one where it belongs. The bits of a hash need no further mixing. */
    private int slot(long key) {
        int slot = (int) key & (places.length - 1);
        while (places[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & (places.length - 1);
        }
        return slot;
    }
}
