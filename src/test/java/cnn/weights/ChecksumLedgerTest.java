package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumLedgerTest {
    /** The md5 of "weights". */
    private static final String MD5 = "63f4f1e9b725370f459720575cd5f953";

    private static final String OTHER_MD5 = "00000000000000000000000000000000";

    @TempDir
    private Path home;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(home.resolve("own.h5"), "weights");
    }

    @Test
    void givesSha256AndSizeAndNotesNothing() {
        VerifiedFile first = verify();
        assertThat(first.path()).isEqualTo(file);
        assertThat(first.sizeBytes()).isEqualTo(7);
        assertThat(first.sha256()).isEqualTo("9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c");
        assertThat(first.firstUse()).isTrue();
        assertThat(verify()).isEqualTo(again(first));
        assertThat(notes).isEmpty();
    }

    @Test
    void refusesAFlippedBitUnderAnUnchangedTime() throws IOException {
        verify();
        change("weightt");
        assertRefused(" changed since its first use on 2026-11-22: it was 7 bytes with sha256 ");
        assertRefused("cnn models verify --accept " + file);
    }

    @Test
    void refusesATruncatedAndAnEmptiedFile() throws IOException {
        verify();
        change("weight");
        assertRefused("changed since its first use");
        change("");
        assertRefused("it is 0 bytes");
    }

    @Test
    void takesAFileBackOnceItIsWhatItWas() throws IOException {
        VerifiedFile first = verify();
        change("weightt");
        assertRefused("changed");
        change("weights");
        assertThat(verify()).isEqualTo(again(first));
    }

    @Test
    void takesATouchedOrCopiedFileOfTheSameBytesAndRefreshesTheRecord() throws IOException {
        verify();
        Files.delete(file);
        Files.writeString(file, "weights");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        verify();
        assertThat(Files.readString(records().get(0))).contains("modified-ns 0\n", "first-use-ms 1795348800000\n");
        assertThat(notes).isEmpty();
    }

    @Test
    void takesAChangedFileOnceItIsAccepted() throws IOException {
        VerifiedFile first = verify();
        change("weightt");
        VerifiedFile accepted = ledger().accept(file);
        assertThat(accepted.sha256()).isNotEqualTo(first.sha256());
        assertThat(verify()).isEqualTo(again(accepted));
        change("weights");
        assertRefused("changed");
    }

    @Test
    void followsAFileOfTheUsersOwnAsItChangesAndGuardsItAllTheSameWhereItIsPublished() throws IOException {
        VerifiedFile first = ledger().identify(file);
        assertThat(first.firstUse()).isTrue();
        assertThat(ledger().identify(file)).isEqualTo(again(first));
        verify();
        change("weightt");
        VerifiedFile changed = ledger().identify(file);
        assertThat(changed.firstUse()).isTrue();
        assertThat(changed.sha256()).isNotEqualTo(first.sha256());
        assertThat(ledger().identify(file)).isEqualTo(again(changed));
        assertRefused("changed since its first use");
        ledger().forget(file);
        assertThat(ledger().identify(file).firstUse()).isTrue();
    }

    @Test
    void recordsAnewWhatItForgot() throws IOException {
        verify();
        change("weightt");
        ledger().forget(file);
        verify();
    }

    @Test
    void knowsAFileByAnyOfItsNames() throws IOException {
        verify();
        Path link = Files.createSymbolicLink(home.resolve("link.h5"), file);
        change("weightt");
        assertThatThrownBy(() -> ledger().verify(link, List.of())).hasMessageContaining("changed");
    }

    @Test
    void refusesAPublishedFileOfAnotherMd5AtFirstSight() {
        assertThatThrownBy(() -> ledger().verify(file, List.of(OTHER_MD5)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it has the md5 " + MD5 + ", published is " + OTHER_MD5);
        assertThat(records()).isEmpty();
    }

    @Test
    void holdsAFileOfAnyOfThePublishedMd5sAgainstThemAtEachUse() throws IOException {
        List<String> md5s = List.of(OTHER_MD5, MD5);
        ledger().verify(file, md5s);
        ledger().verify(file, md5s);
        change("weightt");
        assertThatThrownBy(() -> ledger().verify(file, md5s)).hasMessageContaining("is damaged");
    }

    @Test
    void asksForThePublishedMd5ThoughTheFileIsRecordedAsTheUsersOwn() {
        verify();
        assertThatThrownBy(() -> ledger().verify(file, List.of(OTHER_MD5))).hasMessageContaining("is damaged");
        ledger().verify(file, List.of(MD5));
    }

    @Test
    void refusesAFileWhoseRecordIsTornUntilItIsAccepted() throws IOException {
        verify();
        String record = Files.readString(records().get(0));
        for (String torn : List.of("", record.substring(0, 100), record.replace("size 7", "size 8"), record + "x")) {
            Files.writeString(records().get(0), torn);
            assertRefused("is damaged, so a change of the file would go unseen");
        }
        Files.write(records().get(0), new byte[] {(byte) 0xff, 0, 1});
        assertRefused("cnn models verify --accept " + file);
        ledger().accept(file);
        verify();
    }

    @Test
    void checksAPublishedFileAnewWhoseRecordIsTorn() throws IOException {
        ledger().verify(file, List.of(MD5));
        Files.writeString(records().get(0), "garbage");
        ledger().verify(file, List.of(MD5));
        ledger().verify(file, List.of(MD5));
        assertThat(notes).containsExactly("the record of " + file + " was damaged; the file is checked anew");
    }

    @Test
    void goesOnWithANoteWhereNothingCanBeRecorded() throws IOException {
        Files.writeString(home.resolve("checksums"), "a file in the place of the directory");
        verify();
        assertThat(notes).isNotEmpty();
        assertThat(notes.get(notes.size() - 1)).startsWith("nothing can be kept for the next time");
        assertThatThrownBy(() -> ledger().accept(file)).isInstanceOf(UserError.class);
    }

    @Test
    void thoroughVerificationReadsAllAndAgrees() throws IOException {
        VerifiedFile first = verify();
        assertThat(ledger().verifyThoroughly(file, List.of())).isEqualTo(again(first));
        change("weightt");
        assertThatThrownBy(() -> ledger().verifyThoroughly(file, List.of())).hasMessageContaining("changed");
    }

    @Test
    void saysThatAFileIsAbsentOrADirectory() {
        assertThatThrownBy(() -> ledger().verify(home.resolve("absent.h5"), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no such file or directory: " + home.resolve("absent.h5"));
        assertThatThrownBy(() -> ledger().verify(home, List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not a file");
    }

    @Test
    void usesAtOnceRecordOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<VerifiedFile>> uses =
                threads.invokeAll(Collections.nCopies(200, (Callable<VerifiedFile>) this::verify));
        threads.shutdown();
        for (Future<VerifiedFile> use : uses) {
            assertThat(use.get().sizeBytes()).isEqualTo(7);
        }
        assertThat(records()).hasSize(1);
        assertThat(notes).isEmpty();
    }

    private void change(String text) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, time);
    }

    private VerifiedFile verify() {
        return ledger().verify(file, List.of());
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::verify)
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                .hasMessageContaining(message);
    }

    private List<Path> records() {
        if (!Files.exists(home.resolve("checksums"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.resolve("checksums"))) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ChecksumLedger ledger() {
        FetchListener listener = new FetchListener() {
            @Override
            public void progress(String fileName, long doneBytes, long totalBytes) {}

            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
        return new ChecksumLedger(home.resolve("checksums"), listener, clock);
    }

    /** What a later verification of the same bytes gives. */
    private static VerifiedFile again(VerifiedFile file) {
        return new VerifiedFile(file.path(), file.sha256(), file.sizeBytes(), false);
    }
}
