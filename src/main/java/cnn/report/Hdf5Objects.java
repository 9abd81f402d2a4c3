package cnn.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The parts of an HDF5 file that are not data, as in the HDF5 File Format Specification, version 2.0: superblock version 2
 * (II.B), object headers version 2 (IV.A.1.b) with the messages of a contiguous dataset, or of a group with few links.
 */
final class Hdf5Objects {
    static final int SUPERBLOCK_BYTES = 48;

    /** IEEE 754, 32 bits, little-endian: the sign at bit 31, 8 bits of exponent from 23, 23 of mantissa with implied 1. */
    static final byte[] FLOAT32 = message(20)
            .put(new byte[] {0x11, 0x20, 31, 0})
            .putInt(Float.BYTES)
            .putShort((short) 0)
            .putShort((short) 32)
            .put(new byte[] {23, 8, 0, 23})
            .putInt(127)
            .array();

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final long UNDEFINED = -1;

    private static final int DATASPACE = 0x01;
    private static final int LINK_INFO = 0x02;
    private static final int DATATYPE = 0x03;
    private static final int FILL_VALUE = 0x05;
    private static final int LINK = 0x06;
    private static final int LAYOUT = 0x08;
    private static final int GROUP_INFO = 0x0a;

    private Hdf5Objects() {}

    /**
     * What stands at the beginning of the file.
     *
     * @param root address of the root group
     * @param end length of the file
     */
    static byte[] superblock(long root, long end) {
        ByteBuffer block = message(SUPERBLOCK_BYTES)
                .put(SIGNATURE)
                .put((byte) 2)
                .put(new byte[] {Long.BYTES, Long.BYTES, 0})
                .putLong(0)
                .putLong(UNDEFINED)
                .putLong(end)
                .putLong(root);
        return checked(block);
    }

    /** The type of strings of that many bytes, UTF-8, filled up with NUL. */
    static byte[] string(int bytes) {
        return message(8).put(new byte[] {0x13, 0x11, 0, 0}).putInt(bytes).array();
    }

    /**
     * The header of a contiguous dataset.
     *
     * @param address of its data
     */
    static byte[] dataset(byte[] type, long[] dimensions, long address, long bytes) {
        ByteBuffer space =
                message(4 + Long.BYTES * dimensions.length).put(new byte[] {2, (byte) dimensions.length, 0, 1});
        for (long dimension : dimensions) {
            space.putLong(dimension);
        }
        // Space is allocated late, a fill value is written if one is set, and none is.
        byte[] fill = {3, 0x0a};
        ByteBuffer layout =
                message(18).put((byte) 3).put((byte) 1).putLong(address).putLong(bytes);
        return header(new int[] {DATASPACE, DATATYPE, FILL_VALUE, LAYOUT}, space.array(), type, fill, layout.array());
    }

    /** The header of a group with these objects, by name; names are ASCII and shorter than 256. */
    static byte[] group(Map<String, Long> addresses) {
        int[] types = new int[2 + addresses.size()];
        byte[][] messages = new byte[types.length][];
        types[0] = LINK_INFO;
        messages[0] = message(18)
                .putShort((short) 0)
                .putLong(UNDEFINED)
                .putLong(UNDEFINED)
                .array();
        types[1] = GROUP_INFO;
        messages[1] = new byte[2];
        int i = 2;
        for (Map.Entry<String, Long> object : addresses.entrySet()) {
            byte[] name = object.getKey().getBytes(StandardCharsets.US_ASCII);
            types[i] = LINK;
            messages[i++] = message(3 + name.length + Long.BYTES)
                    .put(new byte[] {1, 0, (byte) name.length})
                    .put(name)
                    .putLong(object.getValue())
                    .array();
        }
        return header(types, messages);
    }

    private static byte[] header(int[] types, byte[]... messages) {
        int bytes = 0;
        for (byte[] message : messages) {
            bytes += 4 + message.length;
        }
        // Flags 2: the length of the messages takes four bytes.
        ByteBuffer header = message(4 + 2 + Integer.BYTES + bytes + Integer.BYTES)
                .put(new byte[] {'O', 'H', 'D', 'R', 2, 2})
                .putInt(bytes);
        for (int i = 0; i < types.length; i++) {
            header.put((byte) types[i])
                    .putShort((short) messages[i].length)
                    .put((byte) 0)
                    .put(messages[i]);
        }
        return checked(header);
    }

    /** The bytes with the checksum of all others in the last four. */
    private static byte[] checked(ByteBuffer block) {
        return block.putInt(JenkinsHash.of(block.array(), block.position())).array();
    }

    private static ByteBuffer message(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
