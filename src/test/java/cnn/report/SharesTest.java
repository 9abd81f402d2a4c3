package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void addUpToOne() {
        assertThat(Shares.hundredths(new int[] {67, 67, 66})).containsExactly(34, 33, 33);
        assertThat(Shares.hundredths(new int[] {0, 0})).containsExactly(0, 0);
        Random random = new Random(23);
        for (int i = 0; i < 1000; i++) {
            int[] counts = random.ints(1 + random.nextInt(12), 0, 1 + random.nextInt(500))
                    .toArray();
            int all = Arrays.stream(counts).sum();
            int[] shares = Shares.hundredths(counts);
            assertThat(Arrays.stream(shares).sum()).as("%d", i).isEqualTo(all == 0 ? 0 : 100);
            for (int k = 0; k < counts.length && all > 0; k++) {
                assertThat(Math.abs(shares[k] - 100.0 * counts[k] / all)).isLessThan(1);
            }
        }
    }
}
