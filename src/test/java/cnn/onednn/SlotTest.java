package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotTest {

    @Test
    void slotsInUseTogetherDoNotOverlap() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Slot> slots = new ArrayList<>();
            int[][] lives = new int[20][];
            for (int i = 0; i < lives.length; i++) {
                lives[i] = new int[] {random.nextInt(30), random.nextInt(30)};
                Slot slot = new Slot(1 + random.nextInt(1000));
                slot.touch(lives[i][0]);
                slot.touch(lives[i][1]);
                slots.add(slot);
            }
            long total = Slot.place(slots);
            for (int i = 0; i < lives.length; i++) {
                Slot slot = slots.get(i);
                assertThat(slot.offset() % 64).isZero();
                assertThat(slot.offset() + slot.sizeBytes()).isLessThanOrEqualTo(total);
                for (int j = 0; j < i; j++) {
                    assertThat(together(lives[i], lives[j]) && overlap(slot, slots.get(j)))
                            .as("seed %d, slots %d and %d", seed, i, j)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void slotsOneAfterTheOtherShareMemory() {
        Slot first = new Slot(64);
        first.touch(0);
        first.touch(1);
        Slot second = new Slot(64);
        second.touch(1);
        second.touch(2);
        Slot third = new Slot(64);
        third.touch(2);
        third.touch(3);
        assertThat(Slot.place(List.of(first, second, third))).isEqualTo(128);
    }

    private static boolean together(int[] one, int[] other) {
        return Math.min(one[0], one[1]) <= Math.max(other[0], other[1])
                && Math.min(other[0], other[1]) <= Math.max(one[0], one[1]);
    }

    private static boolean overlap(Slot one, Slot other) {
        return one.offset() < other.offset() + other.sizeBytes() && other.offset() < one.offset() + one.sizeBytes();
    }
}
