package cnn.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlaceTableTest {

    @Test
    void agreesWithAMapWhateverIsPutAndRemoved() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            PlaceTable table = new PlaceTable();
            Map<Long, Long> map = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                long key = (long) random.nextInt(15_000) << (20 * random.nextInt(3));
                long place = 1L + random.nextInt(1_000);
                table.put(key, place);
                map.put(key, place);
                if (random.nextInt(5_000) == 0) {
                    long limit = random.nextInt(1_000);
                    table.removeIf(old -> old < limit);
                    map.values().removeIf(old -> old < limit);
                }
            }
            assertThat(table.size()).as("seed %d", seed).isEqualTo(map.size());
            for (int key = 0; key < 15_000; key++) {
                assertThat(table.get(key)).as("seed %d", seed).isEqualTo(map.getOrDefault((long) key, 0L));
            }
        }
    }
}
