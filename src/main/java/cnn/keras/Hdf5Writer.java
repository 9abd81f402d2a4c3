package cnn.keras;

import cnn.keras.KerasWeights.Slot;
import cnn.network.Shape;
import cnn.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes groups and weights as an HDF5 file. All places follow from the shapes, so it is written from its first byte to its
 * last, and no more than a piece of one weight is in memory: the superblock, the weights one behind the other, then all that
 * describes them.
 */
final class Hdf5Writer {
    private static final int BLOCK = 1 << 14;

    /** What Keras puts into one attribute; an object header holds 64 KB. */
    private static final int LARGEST_LIST = 64512;

    private final Map<Slot, Long> places = new LinkedHashMap<>();
    private final List<byte[]> descriptions = new ArrayList<>();
    private long position = Hdf5Objects.SUPERBLOCK_BYTES;

    private Hdf5Writer() {}

    /** @param out takes the bytes in their order; it may keep the arrays */
    static void write(Hdf5Group root, Weights weights, Consumer<byte[]> out) {
        Hdf5Writer writer = new Hdf5Writer();
        writer.place(root);
        long address = writer.describe(root);
        out.accept(Hdf5Objects.superblock(address, writer.position));
        writer.places.keySet().forEach(slot -> writeValues(slot, weights, out));
        writer.descriptions.forEach(out);
    }

    private void place(Hdf5Group group) {
        group.weights().values().forEach(slot -> {
            places.put(slot, position);
            position += aligned(Float.BYTES * slot.spec().shape().elements());
        });
        group.groups().values().forEach(this::place);
    }

    /** Lays out a group behind all that is in it; gives its address. */
    private long describe(Hdf5Group group) {
        Map<String, Long> addresses = new TreeMap<>();
        group.weights().forEach((name, slot) -> addresses.put(name, put(header(slot))));
        group.groups().forEach((name, inner) -> addresses.put(name, describe(inner)));
        List<byte[]> attributes = new ArrayList<>();
        group.lists().forEach((name, list) -> attributes.addAll(attributes(name, list)));
        group.texts()
                .forEach((name, text) -> attributes.add(Hdf5Objects.text(name, text, put(Hdf5Objects.heap(text)))));
        return put(Hdf5Objects.group(addresses, attributes));
    }

    private byte[] header(Slot slot) {
        if (slot.isCount()) {
            return Hdf5Objects.int32(places.get(slot));
        }
        Shape shape = slot.spec().shape();
        long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
        return Hdf5Objects.floats(sizes, places.get(slot), Float.BYTES * shape.elements());
    }

    /** One attribute, or {@code name0}, {@code name1} and so on as Keras's {@code save_attributes_to_hdf5_group} writes. */
    private static List<byte[]> attributes(String name, List<String> list) {
        int longest = list.stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .reduce(1, Math::max);
        int most = Math.max(1, LARGEST_LIST / longest);
        if (list.size() <= most) {
            return List.of(Hdf5Objects.strings(name, list));
        }
        List<byte[]> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += most) {
            List<String> chunk = list.subList(from, Math.min(from + most, list.size()));
            chunks.add(Hdf5Objects.strings(name + chunks.size(), chunk));
        }
        return chunks;
    }

    /** Gives the address of what is put. */
    private long put(byte[] object) {
        long address = position;
        byte[] padded = Arrays.copyOf(object, (int) aligned(object.length));
        descriptions.add(padded);
        position += padded.length;
        return address;
    }

    private static void writeValues(Slot slot, Weights weights, Consumer<byte[]> out) {
        FloatBuffer values = weights.checkedValues(slot.node(), slot.spec()).duplicate();
        if (slot.isCount()) {
            out.accept(little(Integer.BYTES).putInt((int) values.get()).array());
            return;
        }
        while (values.hasRemaining()) {
            int count = Math.min(BLOCK, values.remaining());
            ByteBuffer block = little(Float.BYTES * count);
            block.asFloatBuffer().put(values.slice(values.position(), count));
            values.position(values.position() + count);
            out.accept(block.array());
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate((int) aligned(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long aligned(long bytes) {
        return (bytes + 7) & ~7;
    }
}
