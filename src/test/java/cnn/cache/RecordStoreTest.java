package cnn.cache;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordStoreTest {
    private static final long PLENTY = 1L << 30;

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("records");
    }

    @Test
    void keepsWhatWasAddedForTheNextOpening() throws IOException {
        try (RecordStore store = open()) {
            add(store, 0, 100);
            assertHolds(store, 0, 100);
        }
        try (RecordStore store = open()) {
            assertThat(store.size()).isEqualTo(100);
            assertHolds(store, 0, 100);
            assertThat(store.read(TestRecord.key(100), TestRecord.payload(100).length))
                    .isEmpty();
        }
    }

    @Test
    void givesNothingWhereTheLengthIsNotTheOneAskedFor() throws IOException {
        try (RecordStore store = open()) {
            add(store, 0, 2);
            int length = TestRecord.payload(0).length;
            assertThat(store.read(TestRecord.key(0), length - 1)).isEmpty();
            assertThat(store.read(TestRecord.key(0), length + 1)).isEmpty();
            assertThat(store.read(TestRecord.key(0), length)).isPresent();
        }
    }

    @Test
    void ofTwoKeysWithTheSameBeginningNeitherIsTakenForTheOther() throws IOException {
        Sha256 one = new Sha256(7, 1, 1, 1);
        Sha256 other = new Sha256(7, 2, 2, 2);
        try (RecordStore store = open()) {
            store.add(one, new byte[] {1});
            assertThat(store.read(other, 1)).isEmpty();
            store.add(other, new byte[] {2});
            assertThat(store.read(other, 1)).hasValue(new byte[] {2});
            assertThat(store.read(one, 1)).isEmpty();
        }
    }

    @Test
    void dropsARecordThatWasCutOffAnywhereAndGoesOnBehindTheOneBefore() throws IOException {
        try (RecordStore store = open()) {
            add(store, 0, 3);
        }
        byte[] whole = Files.readAllBytes(onlySegment());
        int last = CacheRecord.HEADER_BYTES + TestRecord.payload(2).length;
        for (int missing = 1; missing <= last; missing += 7) {
            Files.write(onlySegment(), Arrays.copyOf(whole, whole.length - missing));
            try (RecordStore store = open()) {
                assertHolds(store, 0, 2);
                assertThat(store.size()).as("%d bytes cut off", missing).isEqualTo(2);
                add(store, 5, 6);
            }
            try (RecordStore store = open()) {
                assertHolds(store, 0, 2);
                assertHolds(store, 5, 6);
                assertThat(store.size()).isEqualTo(3);
            }
        }
    }

    @Test
    void zerosBehindTheLastRecordAreCutOff() throws IOException {
        try (RecordStore store = open()) {
            add(store, 0, 3);
        }
        byte[] whole = Files.readAllBytes(onlySegment());
        Files.write(onlySegment(), Arrays.copyOf(whole, whole.length + 5000));
        try (RecordStore store = open()) {
            add(store, 3, 4);
        }
        try (RecordStore store = open()) {
            assertHolds(store, 0, 4);
        }
    }

    @Test
    void neverGivesBytesThatWereNotAdded() throws IOException {
        try (RecordStore store = open()) {
            add(store, 0, 40);
        }
        byte[] whole = Files.readAllBytes(onlySegment());
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(onlySegment(), damaged);
            try (RecordStore store = open()) {
                for (int i = 0; i < 40; i++) {
                    byte[] payload = TestRecord.payload(i);
                    var found = store.read(TestRecord.key(i), payload.length);
                    assertThat(found.isEmpty() || Arrays.equals(found.get(), payload))
                            .as("seed %d, record %d", seed, i)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void manyShortLivesLeaveOneSegment() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RecordStore store = open()) {
                add(store, i, i + 1);
            }
        }
        try (RecordStore store = open()) {
            assertHolds(store, 0, 20);
        }
        assertThat(segments()).hasSize(1);
    }

    @Test
    void twoAtOnceAppendToSegmentsOfTheirOwnAndLearnOfEachOther() throws IOException {
        try (RecordStore one = open();
                RecordStore other = open()) {
            for (int i = 0; i < 50; i += 2) {
                add(one, i, i + 1);
                add(other, i + 1, i + 2);
            }
            assertThat(segments()).hasSize(2);
            one.refresh();
            other.refresh();
            assertHolds(one, 0, 50);
            assertHolds(other, 0, 50);
        }
    }

    @Test
    void fullSegmentsAreListedAndALostOrDamagedListIsNoLoss() throws IOException {
        long limit = 16L << 16;
        try (RecordStore store = RecordStore.open(folder, limit)) {
            add(store, 0, 1_000);
            assertHolds(store, 0, 1_000);
        }
        List<Path> lists = lists();
        assertThat(lists).hasSizeGreaterThan(3);
        try (RecordStore store = RecordStore.open(folder, limit)) {
            assertHolds(store, 0, 1_000);
        }
        Files.delete(lists.get(0));
        byte[] damaged = Files.readAllBytes(lists.get(1));
        damaged[40] ^= 1;
        Files.write(lists.get(1), damaged);
        try (RecordStore store = RecordStore.open(folder, limit)) {
            assertHolds(store, 0, 1_000);
        }
        assertThat(lists()).as("the lost list is written again").containsAll(lists);
    }

    @Test
    void makesRoomByDeletingWhatWasUsedLeastRecently() throws IOException {
        long limit = 16L << 16;
        try (RecordStore store = RecordStore.open(folder, limit)) {
            add(store, 0, 2_000);
        }
        for (Path segment : segments()) {
            Files.setLastModifiedTime(segment, FileTime.fromMillis(1_000_000));
        }
        int perSegment = (1 << 16) / (CacheRecord.HEADER_BYTES + TestRecord.payload(0).length);
        try (RecordStore store = RecordStore.open(folder, limit)) {
            assertHolds(store, 0, perSegment / 2);
        }
        try (RecordStore store = RecordStore.open(folder, limit)) {
            add(store, 2_000, 7_000);
        }
        assertThat(bytes()).isBetween(limit / 2, limit + (2L << 16));
        try (RecordStore store = RecordStore.open(folder, limit)) {
            assertHolds(store, 6_000, 7_000);
            assertThat(store.read(TestRecord.key(1_500), TestRecord.payload(1_500).length))
                    .isEmpty();
        }
    }

    @Test
    void whatIsReadStaysLongerThanWhatIsNot() throws IOException {
        long limit = 16L << 16;
        try (RecordStore store = RecordStore.open(folder, limit)) {
            add(store, 0, 3_000);
        }
        for (Path segment : segments()) {
            Files.setLastModifiedTime(segment, FileTime.fromMillis(1_000_000));
        }
        try (RecordStore store = RecordStore.open(folder, limit)) {
            assertHolds(store, 0, 1);
        }
        try (RecordStore store = RecordStore.open(folder, limit)) {
            add(store, 3_000, 5_500);
            assertHolds(store, 0, 1);
            assertThat(store.size()).isLessThan(5_500);
        }
    }

    @Test
    void aClearThatIsKilledAnywhereLeavesAStoreThatWorks() throws IOException {
        try (RecordStore store = RecordStore.open(folder, 1 << 21)) {
            add(store, 0, 1000);
        }
        List<Path> files = files();
        assertThat(files).as("with lists").anyMatch(file -> file.toString().endsWith(".seg.idx"));
        Random random = new Random(8);
        while (!files.isEmpty()) {
            Files.delete(files.get(random.nextInt(files.size()))); // also in an order that no clear has
            try (RecordStore store = RecordStore.open(folder, PLENTY)) {
                for (int i = 0; i < 1000; i++) {
                    byte[] wanted = TestRecord.payload(i);
                    assertThat(store.read(TestRecord.key(i), wanted.length).map(found -> Arrays.equals(found, wanted)))
                            .isNotEqualTo(Optional.of(false));
                }
            }
            files = files();
        }
        add(0, 300);
        Files.delete(onlySegment());
        Files.writeString(folder.resolve("0123456789abcdef.seg.idx"), "a list without its segment");
        Files.writeString(folder.resolve("0123456789abcdef.seg.part"), "half a list");
        try (RecordStore store = open()) {
            store.clear();
            assertThat(files()).isEmpty();
            add(store, 0, 10);
            assertHolds(store, 0, 10);
        }
    }

    private void add(int from, int to) throws IOException {
        try (RecordStore store = open()) {
            add(store, from, to);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("lock")).toList();
        }
    }

    @Test
    void clearedUnderTheFeetOfAWriterItStartsAnew() throws IOException {
        try (RecordStore writer = open()) {
            add(writer, 0, 10);
            try (RecordStore other = open()) {
                other.clear();
                assertThat(other.size()).isZero();
            }
            writer.refresh();
            assertThat(writer.size()).isZero();
            add(writer, 0, 10);
        }
        try (RecordStore store = open()) {
            assertHolds(store, 0, 10);
        }
    }

    private RecordStore open() throws IOException {
        return RecordStore.open(folder, PLENTY);
    }

    private static void add(RecordStore store, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            store.add(TestRecord.key(i), TestRecord.payload(i));
        }
    }

    private static void assertHolds(RecordStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            byte[] payload = TestRecord.payload(i);
            assertThat(store.read(TestRecord.key(i), payload.length))
                    .as("record %d", i)
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(payload));
        }
    }

    private Path onlySegment() throws IOException {
        assertThat(segments()).hasSize(1);
        return segments().get(0);
    }

    private List<Path> segments() throws IOException {
        return files(".seg");
    }

    private List<Path> lists() throws IOException {
        return files(".idx");
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path segment : segments()) {
            bytes += Files.size(segment);
        }
        return bytes;
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
