package cnn.cache;

import cnn.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a record lies in a segment file: a header of 48 bytes, then the payload.
 *
 * <p>Header: the mark {@code CNNR}, the payload's length in bytes (little-endian), the key's 32 bytes, the CRC32C of key and
 * payload, the CRC32C of the header up to here. So a walk from header to header notices where a file was torn, and a read
 * notices a payload that is not the one that was written.
 *
 * @param payloadBytes length of the payload
 * @param payloadCrc of key and payload
 */
record CacheRecord(int payloadBytes, Sha256 key, int payloadCrc) {
    static final int HEADER_BYTES = 48;

    private static final int MARK = 0x524e4e43;
    private static final int CHECKED_BYTES = 44;
    private static final int KEY_OFFSET = 8;

    /** Header and payload as they are to be written. */
    static ByteBuffer encode(Sha256 key, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(MARK).putInt(payload.length);
        key.write(bytes.order(ByteOrder.BIG_ENDIAN));
        bytes.order(ByteOrder.LITTLE_ENDIAN).position(HEADER_BYTES).put(payload);
        bytes.putInt(CHECKED_BYTES - Integer.BYTES, payloadCrc(bytes.array(), payload.length));
        bytes.putInt(CHECKED_BYTES, crc(bytes.array(), 0, CHECKED_BYTES));
        return bytes.flip();
    }

    /** The header that begins at the buffer's position; empty if there is none, or not a sound one. */
    static Optional<CacheRecord> header(ByteBuffer bytes) {
        int start = bytes.position();
        if (bytes.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = bytes.slice(start, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int payloadBytes = header.getInt(4);
        boolean sound = header.getInt(0) == MARK
                && payloadBytes >= 0
                && header.getInt(CHECKED_BYTES) == crc(bytes.array(), bytes.arrayOffset() + start, CHECKED_BYTES);
        if (!sound) {
            return Optional.empty();
        }
        int crc = header.getInt(CHECKED_BYTES - Integer.BYTES);
        Sha256 key = Sha256.read(header.order(ByteOrder.BIG_ENDIAN).position(KEY_OFFSET));
        return Optional.of(new CacheRecord(payloadBytes, key, crc));
    }

    /** Whether {@code record}, header and payload, is what was once written for {@code key} and nothing else. */
    static boolean isSound(byte[] record, Sha256 key) {
        Optional<CacheRecord> header = header(ByteBuffer.wrap(record));
        return header.isPresent()
                && header.get().key().equals(key)
                && header.get().payloadBytes() == record.length - HEADER_BYTES
                && header.get().payloadCrc() == payloadCrc(record, header.get().payloadBytes());
    }

    /** Header and payload. */
    long totalBytes() {
        return HEADER_BYTES + (long) payloadBytes;
    }

    private static int payloadCrc(byte[] record, int payloadBytes) {
        CRC32C crc = new CRC32C();
        crc.update(record, KEY_OFFSET, Sha256.BYTES);
        crc.update(record, HEADER_BYTES, payloadBytes);
        return (int) crc.getValue();
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
