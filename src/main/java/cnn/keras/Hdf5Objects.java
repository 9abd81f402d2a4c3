package cnn.keras;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The parts of an HDF5 file that are not data, as in the HDF5 File Format Specification, version 2.0: superblock version 2
 * (II.B), object headers version 2 (IV.A.1.b) with the messages of a contiguous dataset, or of a group with few links;
 * attributes (IV.A.2.m), and the global heap (III.E) for a text of any length.
 */
public final class Hdf5Objects {
    public static final int SUPERBLOCK_BYTES = 48;

    /** IEEE 754, 32 bits, little-endian: the sign at bit 31, 8 bits of exponent from 23, 23 of mantissa with implied 1. */
    private static final byte[] FLOAT32 = message(20)
            .put(new byte[] {0x11, 0x20, 31, 0})
            .putInt(Float.BYTES)
            .putShort((short) 0)
            .putShort((short) 32)
            .put(new byte[] {23, 8, 0, 23})
            .putInt(127)
            .array();

    /** Whole numbers of 32 bits with a sign, little-endian. */
    private static final byte[] INT32 = message(12)
            .put(new byte[] {0x10, 0x08, 0, 0})
            .putInt(Integer.BYTES)
            .putShort((short) 0)
            .putShort((short) Integer.SIZE)
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
    private static final int ATTRIBUTE = 0x0c;
    private static final int LARGEST_MESSAGE = 0xffff;

    /** The library reads at least so much of a heap. */
    private static final int LEAST_HEAP_BYTES = 4096;

    private static final int HEAP_HEADER_BYTES = 16;

    private Hdf5Objects() {}

    /**
     * What stands at the beginning of the file.
     *
     * @param root address of the root group
     * @param end length of the file
     */
    public static byte[] superblock(long root, long end) {
        ByteBuffer block = message(SUPERBLOCK_BYTES)
                .put(SIGNATURE)
                .put(new byte[] {2, Long.BYTES, Long.BYTES, 0})
                .putLong(0)
                .putLong(UNDEFINED)
                .putLong(end)
                .putLong(root);
        return checked(block);
    }

    /** The type of strings of that many bytes, UTF-8, filled up with NUL. */
    public static byte[] string(int bytes) {
        return message(8).put(new byte[] {0x13, 0x11, 0, 0}).putInt(bytes).array();
    }

    /** The header of a contiguous dataset of float32; see {@link #dataset}. */
    public static byte[] floats(long[] dimensions, long address, long bytes) {
        return dataset(FLOAT32, dimensions, address, bytes);
    }

    /** The header of a dataset of one whole number; see {@link #dataset}. */
    static byte[] int32(long address) {
        return dataset(INT32, new long[0], address, Integer.BYTES);
    }

    /**
     * The header of a contiguous dataset.
     *
     * @param type as {@link #string} gives it
     * @param address of its data
     */
    public static byte[] dataset(byte[] type, long[] dimensions, long address, long bytes) {
        byte kind = (byte) (dimensions.length == 0 ? 0 : 1); // a scalar, or an array
        ByteBuffer space =
                message(4 + Long.BYTES * dimensions.length).put(new byte[] {2, (byte) dimensions.length, 0, kind});
        for (long dimension : dimensions) {
            space.putLong(dimension);
        }
        // Space is allocated late, a fill value is written if one is set, and none is.
        byte[] fill = {3, 0x0a};
        ByteBuffer layout =
                message(18).put((byte) 3).put((byte) 1).putLong(address).putLong(bytes);
        return header(new int[] {DATASPACE, DATATYPE, FILL_VALUE, LAYOUT}, space.array(), type, fill, layout.array());
    }

    /** The header of a group with these objects, by name. */
    public static byte[] group(Map<String, Long> addresses) {
        return group(addresses, List.of());
    }

    /**
     * As {@link #group(Map)}, with attributes.
     *
     * @param attributes as {@link #strings} and {@link #text} make them
     */
    static byte[] group(Map<String, Long> addresses, List<byte[]> attributes) {
        int[] types = new int[2 + addresses.size() + attributes.size()];
        byte[][] messages = new byte[types.length][];
        types[0] = LINK_INFO;
        messages[0] = message(18).putLong(2, UNDEFINED).putLong(10, UNDEFINED).array();
        types[1] = GROUP_INFO;
        messages[1] = new byte[2];
        int i = 2;
        for (Map.Entry<String, Long> object : addresses.entrySet()) {
            types[i] = LINK;
            messages[i++] = link(object.getKey(), object.getValue());
        }
        for (byte[] attribute : attributes) {
            types[i] = ATTRIBUTE;
            messages[i++] = attribute;
        }
        return header(types, messages);
    }

    /** A hard link; flags 0x11: the name is UTF-8, its length takes two bytes. */
    private static byte[] link(String name, long address) {
        byte[] characters = name.getBytes(StandardCharsets.UTF_8);
        return message(5 + characters.length + Long.BYTES)
                .put(new byte[] {1, 0x11, 1})
                .putShort((short) characters.length)
                .put(characters)
                .putLong(address)
                .array();
    }

    /**
     * An attribute that is a list of strings.
     *
     * @throws IllegalArgumentException if it is too long for an object header, 64 KB
     */
    static byte[] strings(String name, List<String> values) {
        int length = values.stream()
                .mapToInt(value -> value.getBytes(StandardCharsets.UTF_8).length)
                .reduce(1, Math::max);
        byte[] space = message(4 + Long.BYTES)
                .put(new byte[] {2, 1, 0, 1})
                .putLong(values.size())
                .array();
        ByteBuffer data = message(Math.multiplyExact(length, values.size()));
        for (String value : values) {
            data.put(Arrays.copyOf(value.getBytes(StandardCharsets.UTF_8), length));
        }
        return attribute(name, string(length), space, data.array());
    }

    /** An attribute that is one string of any length. */
    static byte[] text(String name, String value, long heap) {
        // A sequence, of type string, of characters in UTF-8; they are unsigned integers of 8 bits.
        byte[] type = message(20)
                .put(new byte[] {0x19, 0x01, 0x01, 0})
                .putInt(4 + Long.BYTES + 4)
                .put(new byte[] {0x10, 0, 0, 0})
                .putInt(1)
                .putShort((short) 0)
                .putShort((short) Byte.SIZE)
                .array();
        byte[] reference = message(4 + Long.BYTES + 4)
                .putInt(value.getBytes(StandardCharsets.UTF_8).length)
                .putLong(heap)
                .putInt(1)
                .array();
        return attribute(name, type, new byte[] {2, 0, 0, 0}, reference);
    }

    /** The heap that holds the characters of a {@link #text}, and nothing else. */
    static byte[] heap(String value) {
        byte[] characters = value.getBytes(StandardCharsets.UTF_8);
        int padded = (characters.length + 7) & ~7;
        int used = HEAP_HEADER_BYTES + HEAP_HEADER_BYTES + padded;
        int size = Math.max(LEAST_HEAP_BYTES, used + HEAP_HEADER_BYTES);
        ByteBuffer heap = message(size)
                .put(new byte[] {'G', 'C', 'O', 'L', 1, 0, 0, 0})
                .putLong(size)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0)
                .putLong(characters.length)
                .put(characters)
                .position(used);
        // Object 0 is the free space behind.
        return heap.putLong(0).putLong(size - used).array();
    }

    private static byte[] attribute(String name, byte[] type, byte[] space, byte[] data) {
        byte[] characters = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        return message(9 + characters.length + type.length + space.length + data.length)
                .put(new byte[] {3, 0})
                .putShort((short) characters.length)
                .putShort((short) type.length)
                .putShort((short) space.length)
                .put((byte) 0)
                .put(characters)
                .put(type)
                .put(space)
                .put(data)
                .array();
    }

    private static byte[] header(int[] types, byte[]... messages) {
        int bytes = 0;
        for (byte[] message : messages) {
            if (message.length > LARGEST_MESSAGE) {
                throw new IllegalArgumentException("an object header cannot hold %d bytes".formatted(message.length));
            }
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
