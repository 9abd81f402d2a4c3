package cnn.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stretch of a plan's memory, needed from the first to the last operation that touches it. */
final class Slot {
    private static final long ALIGNMENT = 64;

    private final long sizeBytes;
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private long offset;
    private int readsToCome;

    Slot(long sizeBytes) {
        this.sizeBytes = (sizeBytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Notes that the operation at {@code place} reads or writes this. */
    void touch(int place) {
        first = Math.min(first, place);
        last = Math.max(last, place);
    }

    /** Notes that the caller writes this before the first operation. */
    void touchBefore() {
        first = -1;
    }

    /** Notes that the caller reads this after the last operation. */
    void touchAfter() {
        last = Integer.MAX_VALUE;
    }

    /** Announces so many more reads, or takes back announced ones. */
    void expectReads(int count) {
        readsToCome += count;
    }

    int readsToCome() {
        return readsToCome;
    }

    long offset() {
        return offset;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /**
     * Gives each slot its place, the largest first, each at the lowest place where it is in nobody's way.
     *
     * @return the bytes that all need together
     */
    static long place(List<Slot> slots) {
        long total = 0;
        List<Slot> placed = new ArrayList<>();
        for (Slot slot : slots.stream()
                .sorted(Comparator.comparing(Slot::sizeBytes).reversed())
                .toList()) {
            slot.offset = slot.lowestFree(placed);
            placed.add(slot);
            total = Math.max(total, slot.offset + slot.sizeBytes);
        }
        return total;
    }

    private long lowestFree(List<Slot> placed) {
        long free = 0;
        List<Slot> inTheWay = placed.stream()
                .filter(other -> other.first <= last && first <= other.last)
                .sorted(Comparator.comparing(Slot::offset))
                .toList();
        for (Slot other : inTheWay) {
            if (other.offset - free >= sizeBytes) {
                break;
            }
            free = Math.max(free, other.offset + other.sizeBytes);
        }
        return free;
    }
}
