package cnn.weights;

import cnn.IoReason;
import cnn.UserError;
import cnn.weights.LedgerEntry.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the bytes of weight files: published hashes (md5 or sha256), and checksums recorded when a file was first used.
 *
 * <p>A file with published hashes must have one of them. Any other published file is recorded at its first use and must stay
 * what it was: it cannot be told whether it was sound then. The user's own files may change. The CRC32C of the whole file is recomputed at every use, so that
 * a flipped byte is seen though size and time are unchanged; sha256 and md5 only when size, time or inode are not those
 * of the record, or the CRC32C differs.
 *
 * <p>One small file per weight file, named by a hash of its real path, written to a temporary name and moved into
 * place: processes that record the same file at once write the same thing. A record that cannot be understood counts as
 * none if there are published hashes to go by; otherwise the file is refused until the user accepts it, because recording
 * it anew would let a changed file pass. Where nothing can be recorded the work goes on with a note.
 */
public final class ChecksumLedger {
    private final LedgerFiles files;
    private final FetchListener listener;
    private final Clock clock;

    /** @param directory where the records are; made when needed */
    public ChecksumLedger(Path directory, FetchListener listener) {
        this(directory, listener, Clock.systemUTC());
    }

    ChecksumLedger(Path directory, FetchListener listener, Clock clock) {
        this.files = new LedgerFiles(directory, listener);
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Holds a file against what is known of it, at every use.
     *
     * @param hashes of which the file must have one; empty: it must be what it was at its first use
     * @throws UserError of kind WEIGHTS if the file is absent, unreadable, or not what it should be
     */
    public VerifiedFile verify(Path file, List<String> hashes) {
        return verify(file, hashes, false);
    }

    /** As {@link #verify}, but by sha256 and md5 of all bytes, whatever the record says: seconds for a large file. */
    public VerifiedFile verifyThoroughly(Path file, List<String> hashes) {
        return verify(file, hashes, true);
    }

    /**
     * Takes a file as it is now for what it should be, because the user says so. Where there are published hashes they
     * hold all the same.
     *
     * @throws UserError of kind WEIGHTS if it cannot be read or cannot be recorded
     */
    public VerifiedFile accept(Path file) {
        Path real = real(file);
        try {
            Stamp stamp = Stamp.of(real);
            Fingerprint found = Fingerprint.of(real);
            files.write(files.entry(real), new LedgerEntry(clock.instant(), stamp, found));
            return verified(file, found, true);
        } catch (IOException e) {
            throw UserError.weights("cannot record the checksum of " + file + ": " + IoReason.of(e), e);
        }
    }

    /** Drops what was recorded of a file, for one that turned out to be damaged at its first use. */
    public void forget(Path file) {
        files.forget(real(file));
    }

    /** Records a file that has just been downloaded whole, in place of any file that was there before. */
    VerifiedFile recordDownloaded(Path file, Fingerprint found) {
        Path real = real(file);
        Optional<LedgerEntry> before = files.recorded(files.entry(real)).flatMap(LedgerEntry::parse);
        before.filter(entry -> !entry.fingerprint().sha256().equals(found.sha256()))
                .ifPresent(entry -> listener.note(file + " differs from the one first used on "
                        + day(entry.firstUse()) + " (its sha256 was "
                        + entry.fingerprint().sha256() + ")"));
        try {
            files.record(files.entry(real), new LedgerEntry(clock.instant(), Stamp.of(real), found));
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
        return verified(file, found, true);
    }

    /**
     * What the bytes of a file of the user's own are, which may change as they like: recorded, so that bytes that are known
     * need not be hashed again; apart from what {@link #verify} holds a file against.
     *
     * @throws UserError of kind WEIGHTS if the file is absent or unreadable
     */
    public VerifiedFile identify(Path file) {
        Path real = real(file);
        try {
            Path own = files.ownEntry(real);
            Optional<LedgerEntry> known = files.recorded(own).flatMap(LedgerEntry::parse);
            Stamp stamp = Stamp.of(real);
            if (known.isPresent() && isUnchanged(real, stamp, List.of(), known.get())) {
                return verified(file, known.get().fingerprint(), false);
            }
            Fingerprint found = Fingerprint.of(real);
            boolean same = known.isPresent() && known.get().fingerprint().equals(found);
            files.record(own, new LedgerEntry(same ? known.get().firstUse() : clock.instant(), stamp, found));
            return verified(file, found, !same);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private VerifiedFile verify(Path file, List<String> hashes, boolean thoroughly) {
        Path real = real(file);
        try {
            Optional<LedgerEntry> known = known(file, real, hashes);
            Stamp stamp = Stamp.of(real);
            if (!thoroughly && known.isPresent() && isUnchanged(real, stamp, hashes, known.get())) {
                return verified(file, known.get().fingerprint(), false);
            }
            Fingerprint found = Fingerprint.of(real);
            if (hashes.isEmpty()) {
                known.ifPresent(entry -> requireSame(file, entry, found));
            } else if (!found.isOneOf(hashes)) {
                throw UserError.weights(file + " is damaged or not the published file: it has the " + found.like(hashes)
                        + ", published is " + String.join(" or ", hashes)
                        + "; delete it and pull it again, or name it with --weights if it is meant to differ");
            }
            Instant firstUse = known.map(LedgerEntry::firstUse).orElseGet(clock::instant);
            LedgerEntry now = new LedgerEntry(firstUse, stamp, found);
            if (!known.equals(Optional.of(now))) {
                files.record(files.entry(real), now);
            }
            return verified(file, found, known.isEmpty());
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private static boolean isUnchanged(Path real, Stamp stamp, List<String> hashes, LedgerEntry known)
            throws IOException {
        return stamp.isSame(known.stamp())
                && (hashes.isEmpty() || known.fingerprint().isOneOf(hashes))
                && Fingerprint.crc32csOf(real).equals(known.fingerprint().crc32cs());
    }

    private static void requireSame(Path file, LedgerEntry known, Fingerprint found) {
        Fingerprint before = known.fingerprint();
        if (!before.sha256().equals(found.sha256())) {
            throw UserError.weights(file + " changed since its first use on " + day(known.firstUse()) + ": it was "
                    + before.sizeBytes() + " bytes with sha256 " + before.sha256() + ", it is " + found.sizeBytes()
                    + " bytes with sha256 " + found.sha256() + "; if that is intended: cnn models verify --accept "
                    + file + "; if not, bring back the old file");
        }
    }

    private Optional<LedgerEntry> known(Path file, Path real, List<String> hashes) {
        Optional<String> text = files.recorded(files.entry(real));
        Optional<LedgerEntry> known = text.flatMap(LedgerEntry::parse);
        if (text.isPresent() && known.isEmpty()) {
            if (hashes.isEmpty()) {
                throw UserError.weights("the record of " + file + " (" + files.entry(real)
                        + ") is damaged, so a change of the file would go unseen; if you trust the file: cnn models"
                        + " verify --accept " + file);
            }
            listener.note("the record of " + file + " was damaged; the file is checked anew");
        }
        return known;
    }

    private static Path real(Path file) {
        try {
            Path real = file.toRealPath();
            if (!Files.isRegularFile(real)) {
                throw UserError.weights(file + " is not a file; one that Keras saved is wanted");
            }
            return real;
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private static UserError cannotRead(Path file, IOException e) {
        return UserError.weights("cannot read the weight file " + file + ": " + IoReason.of(e), e);
    }

    private VerifiedFile verified(Path file, Fingerprint found, boolean firstUse) {
        listener.detail("weights " + file + " checked, sha256 " + found.sha256());
        return new VerifiedFile(file, found.sha256(), found.sizeBytes(), firstUse);
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
