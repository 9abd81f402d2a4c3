package cnn.train;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.PartFile;
import cnn.files.Sha256;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file beside the model from which a training that was cut off goes on. It is written under a temporary name and moved
 * into place, names the run's settings, and ends with the sha256 of all before; so it is whole, and this run's, or refused.
 *
 * @param run that may go on with it
 */
record Checkpoint(Path file, RunIdentity run) {
    private static final String MAGIC = "cnn checkpoint 4";

    /** What writes or reads the state of the network that learns. */
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /**
     * A checkpoint that was found, open behind the training's state, where that of the network follows.
     */
    record Found(TrainingState state, DataInputStream network) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            network.close();
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Replaces the file.
     *
     * @throws UserError if it cannot be written; the one before stays then
     */
    void write(TrainingState state, Writing network) {
        MessageDigest digest = Sha256.digest();
        try (PartFile part = PartFile.beside(file);
                BufferedOutputStream plain =
                        new BufferedOutputStream(Channels.newOutputStream(part.channel()), 1 << 20)) {
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(plain, digest), 1 << 16));
            out.writeUTF(MAGIC);
            out.writeInt(run.facts().size());
            for (Map.Entry<String, String> setting : run.facts().entrySet()) {
                out.writeUTF(setting.getKey());
                out.writeUTF(setting.getValue());
            }
            state.write(out);
            network.to(out);
            out.flush();
            plain.write(digest.digest());
            plain.flush();
            part.channel().force(true);
            part.moveTo(file);
        } catch (IOException e) {
            throw UserError.data("cannot write the checkpoint " + file + ": " + IoReason.of(e), e);
        }
    }

    /**
     * The checkpoint, if there is one.
     *
     * @throws UserError if it is damaged, or another run's
     */
    Optional<Found> read() {
        try {
            checkDigest();
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20));
            if (!in.readUTF().equals(MAGIC)) {
                in.close();
                throw refused("is of another version");
            }
            checkSettings(in);
            return Optional.of(new Found(TrainingState.read(in), in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw UserError.data("cannot read the checkpoint " + file + ": " + IoReason.of(e), e);
        }
    }

    /** Takes the file away if it is this run's, and what a killed process left of one. */
    void deleteOwn() {
        try {
            PartFile.deleteLeftBehind(file);
            if (isOwn()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw UserError.data("cannot delete the checkpoint " + file + ": " + IoReason.of(e), e);
        }
    }

    private boolean isOwn() throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return in.readUTF().equals(MAGIC) && run.difference(settings(in)).isEmpty();
        } catch (NoSuchFileException | EOFException | UTFDataFormatException e) {
            return false;
        }
    }

    private void checkDigest() throws IOException {
        long body = Files.size(file) - Sha256.BYTES;
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            update(digest, in, body);
            if (body <= 0 || !MessageDigest.isEqual(digest.digest(), in.readAllBytes())) {
                throw refused("is damaged");
            }
        }
    }

    private UserError refused(String what) {
        return UserError.data("the checkpoint %s %s; delete it, or start anew with --overwrite instead of --resume"
                .formatted(file, what));
    }

    private static void update(MessageDigest digest, InputStream in, long count) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
    }

    private void checkSettings(DataInputStream in) throws IOException {
        Optional<String> difference = run.difference(settings(in));
        if (difference.isPresent()) {
            in.close();
            throw UserError.usage(
                    "the checkpoint %s is of a run with %s; train with that, or start anew with --overwrite instead of --resume"
                            .formatted(file, difference.get()));
        }
    }

    private static Map<String, String> settings(DataInputStream in) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            found.put(in.readUTF(), in.readUTF());
        }
        return found;
    }
}
