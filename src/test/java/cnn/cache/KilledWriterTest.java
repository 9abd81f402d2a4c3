package cnn.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that add to one store at once and are killed at random moments. */
class KilledWriterTest {
    private static final int ROUNDS = 6;
    private static final int PER_WRITER = 1_000_000;

    @TempDir
    Path folder;

    /** Adds records from a number on without end, and says after each that it is in. */
    static final class Writer {
        public static void main(String[] args) throws IOException {
            try (RecordStore store = RecordStore.open(Path.of(args[0]), 1L << 30)) {
                for (int i = Integer.parseInt(args[1]); ; i++) {
                    store.add(TestRecord.key(i), TestRecord.payload(i));
                    System.out.println(i);
                    System.out.flush();
                }
            }
        }
    }

    @Test
    void whatWasAddedBeforeTheKillIsThereAndNothingElse() throws Exception {
        Random random = new Random(4);
        int[] said = new int[2 * ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Process one = start(2 * round);
            Process other = start(2 * round + 1);
            int before = 1 + random.nextInt(2_000);
            said[2 * round] = before;
            said[2 * round + 1] = before;
            try (BufferedReader fromOne = one.inputReader(StandardCharsets.UTF_8);
                    BufferedReader fromOther = other.inputReader(StandardCharsets.UTF_8)) {
                for (int i = 0; i < before; i++) {
                    assertThat(fromOne.readLine()).isEqualTo(String.valueOf(PER_WRITER * 2 * round + i));
                    assertThat(fromOther.readLine()).isEqualTo(String.valueOf(PER_WRITER * (2 * round + 1) + i));
                }
                one.destroyForcibly();
                other.destroyForcibly();
            }
            assertThat(one.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
            try (RecordStore store = RecordStore.open(folder, 1L << 30)) {
                int all = 0;
                for (int writer = 0; writer < 2 * round + 2; writer++) {
                    int whole = wholeRecords(store, PER_WRITER * writer);
                    assertThat(whole).as("round %d, writer %d", round, writer).isGreaterThanOrEqualTo(said[writer]);
                    all += whole;
                }
                assertThat(store.size()).as("round %d", round).isEqualTo(all);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".seg"))).hasSize(2);
        }
    }

    /** How many records there are from a number on, each as it was added. */
    private static int wholeRecords(RecordStore store, int from) {
        for (int i = 0; ; i++) {
            byte[] payload = TestRecord.payload(from + i);
            Optional<byte[]> found = store.read(TestRecord.key(from + i), payload.length);
            if (found.isEmpty()) {
                return i;
            }
            assertThat(found).hasValue(payload);
        }
    }

    private Process start(int writer) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        String.valueOf(PER_WRITER * writer))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
