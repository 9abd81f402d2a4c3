package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowTableTest {

    @Test
    void givesBackWhatWasWrittenFromMemoryAndFromAFile() {
        for (long inMemory : new long[] {Long.MAX_VALUE, 0}) {
            // Three rows fit into a segment of 256 MiB.
            RowTable table = RowTable.of(5, 80 << 20, inMemory);
            for (int row = 0; row < 5; row++) {
                table.row(row).putLong(0, row).putLong((80 << 20) - 8, ~row);
            }
            for (int row = 0; row < 5; row++) {
                assertThat(table.row(row).getLong(0)).as("row %d", row).isEqualTo(row);
                assertThat(table.row(row).getLong((80 << 20) - 8)).isEqualTo(~row);
                assertThat(table.row(row).remaining()).isEqualTo(80 << 20);
            }
        }
    }

    @Test
    void keepsNumbersBitByBit() {
        SampleRows.Numbers rows = SampleRows.Numbers.of(3, 5);
        SplittableRandom random = new SplittableRandom(1);
        float[][] written = new float[3][5];
        for (int row = 0; row < 3; row++) {
            for (int i = 0; i < 5; i++) {
                written[row][i] = (float) random.nextDouble(-1e20, 1e20);
            }
            rows.write(row, written[row]);
        }
        float[] read = new float[5];
        for (int row = 0; row < 3; row++) {
            rows.read(row, 1, read);
            assertThat(read).containsExactly(written[row]);
        }
    }
}
