package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The members of a {@code .keras} file, a zip that Keras 3's {@code saving_lib.py} writes. Keras stores them uncompressed:
 * then the weights are read where they lie; packed ones are unpacked in memory. All are held to their CRC-32.
 */
final class KerasArchive implements AutoCloseable {
    static final String CONFIG = "config.json";
    static final String METADATA = "metadata.json";
    static final String WEIGHTS = "model.weights.h5";

    /** Weights hardly pack; Keras itself refuses members that unpack more than 100-fold. */
    private static final int MOST_COMPRESSION = 100;

    /** The configuration of the deepest of Keras Applications has 1 MB. */
    private static final int LARGEST_TEXT = 1 << 26;

    private static final int BLOCK = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final ZipFile zip;

    private KerasArchive(Path path, FileChannel channel, ZipFile zip) {
        this.path = path;
        this.channel = channel;
        this.zip = zip;
    }

    /** @param channel of the file; it stays open when this is closed */
    static KerasArchive open(Path path, FileChannel channel) throws IOException {
        try {
            return new KerasArchive(
                    path, channel, ZipFile.builder().setPath(path).get());
        } catch (ZipException e) {
            throw UserError.weights(
                    "%s: torn, or not as Keras writes it (%s)".formatted(path, Excerpt.of(e.getMessage())), e);
        }
    }

    String text(String name) throws IOException {
        ZipArchiveEntry member = member(name);
        if (member.getSize() > LARGEST_TEXT) {
            throw refused(name, "claims %,d bytes".formatted(member.getSize()));
        }
        return new String(unpacked(member), StandardCharsets.UTF_8);
    }

    /** What it says of itself; nothing where that is missing. */
    JsonObject metadata() throws IOException {
        return zip.getEntry(METADATA) == null
                ? new JsonObject(METADATA, Map.of())
                : JsonObject.of(METADATA, JsonObject.value(METADATA, text(METADATA)));
    }

    Hdf5Bytes weights() throws IOException {
        if (zip.getEntry(WEIGHTS) == null && zip.getEntry("model.weights.json") != null) {
            throw UserError.weights(path + ": its weights are spread over several members, which is not read here; "
                    + "save the model without sharding");
        }
        ZipArchiveEntry member = member(WEIGHTS);
        if (member.getMethod() != ZipArchiveEntry.STORED) {
            return Hdf5Bytes.unpacked(unpacked(member));
        }
        Hdf5Bytes stored = Hdf5Bytes.part(channel, start(member), member.getSize());
        CRC32 crc = new CRC32();
        for (long at = 0; at < stored.size(); at += BLOCK) {
            crc.update(stored.slice(at, Math.min(BLOCK, stored.size() - at)));
        }
        checkSum(member, crc);
        return stored;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private ZipArchiveEntry member(String name) throws IOException {
        Iterator<ZipArchiveEntry> found = zip.getEntries(name).iterator();
        if (!found.hasNext()) {
            throw UserError.weights("%s: not a Keras model: it has no %s".formatted(path, name));
        }
        ZipArchiveEntry member = found.next();
        if (found.hasNext()) {
            throw refused(name, "is in it twice");
        }
        if (member.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(member)) {
            throw refused(name, "is encrypted or packed in a way that is not read here");
        }
        if (member.getSize() / MOST_COMPRESSION > member.getCompressedSize()) {
            throw refused(name, "unpacks to more than %d times its size".formatted(MOST_COMPRESSION));
        }
        if (member.getSize() > Integer.MAX_VALUE - BLOCK) {
            throw refused(name, "has %,d bytes, more than is read here".formatted(member.getSize()));
        }
        return member;
    }

    /** Where the content of a stored member lies in the file. */
    private long start(ZipArchiveEntry member) throws IOException {
        long start = member.getDataOffset();
        if (member.getSize() != member.getCompressedSize() || start < 0 || start > channel.size() - member.getSize()) {
            throw refused(member.getName(), "does not lie in the file whole");
        }
        return start;
    }

    private byte[] unpacked(ZipArchiveEntry member) throws IOException {
        if (member.getMethod() == ZipArchiveEntry.STORED) {
            start(member);
        }
        int size = (int) member.getSize();
        try (InputStream in = zip.getInputStream(member)) {
            byte[] content = in.readNBytes(size + 1);
            if (content.length != size) {
                throw refused(member.getName(), "is longer or shorter than the archive says");
            }
            CRC32 crc = new CRC32();
            crc.update(ByteBuffer.wrap(content));
            checkSum(member, crc);
            return content;
        } catch (IOException e) {
            throw UserError.weights(
                    "%s: damaged: %s cannot be unpacked (%s)"
                            .formatted(path, member.getName(), Excerpt.of(e.getMessage())),
                    e);
        }
    }

    private void checkSum(ZipArchiveEntry member, CRC32 found) {
        if (member.getCrc() != found.getValue()) {
            throw refused(member.getName(), "differs from its checksum");
        }
    }

    private UserError refused(String member, String what) {
        return UserError.weights("%s: damaged: %s %s".formatted(path, member, what));
    }
}
