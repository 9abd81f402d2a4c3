package cnn.onednn;

import cnn.files.PartFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Kernels of 8 bits as they lie in a file that is mapped, by names: a magic number and a checksum of what follows; whose they
 * are and what there is of each; then the numbers, each layout's at a multiple of 64 bytes.
 */
final class KeptKernels {
    private static final long MAGIC = 0x636e6e3869743031L;
    private static final int HEAD_BYTES = 64;
    private static final int ALIGNMENT = 64;

    private KeptKernels() {}

    /**
     * One kernel.
     *
     * @param scales and {@code added} for each output channel
     */
    record Kept(float[] scales, float[] added, List<Packed> packed) {}

    /**
     * Its numbers in one layout.
     *
     * @param layout as oneDNN describes it
     */
    record Packed(byte[] layout, ByteBuffer numbers) {}

    /** What a file holds of this owner; nothing if there is none, it is another's or damaged. */
    static Map<String, Kept> read(Path file, String owner) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < HEAD_BYTES || channel.size() > Integer.MAX_VALUE) {
                return Map.of();
            }
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            boolean intact = all.getLong(0) == MAGIC && all.getLong(8) == checksum(all.slice(16, all.limit() - 16));
            return intact ? parse(all, owner) : Map.of();
        } catch (IOException e) {
            return Map.of(); // it is not there, or nobody may look
        }
    }

    private static Map<String, Kept> parse(ByteBuffer all, String owner) {
        ByteBuffer index = all.duplicate().position(16);
        int start = index.getInt();
        if (!text(index).equals(owner)) {
            return Map.of();
        }
        Map<String, Kept> kernels = new HashMap<>();
        int count = index.getInt();
        for (int i = 0; i < count; i++) {
            String name = text(index);
            float[] scales = floats(index);
            float[] added = floats(index);
            List<Packed> packed = new ArrayList<>();
            int layouts = index.getInt();
            for (int j = 0; j < layouts; j++) {
                byte[] layout = bytes(index);
                int offset = index.getInt();
                packed.add(new Packed(layout, all.slice(start + offset, index.getInt())));
            }
            kernels.put(name, new Kept(scales, added, packed));
        }
        return kernels;
    }

    private static String text(ByteBuffer index) {
        return new String(bytes(index), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer index) {
        byte[] bytes = new byte[index.getInt()];
        index.get(bytes);
        return bytes;
    }

    private static float[] floats(ByteBuffer index) {
        float[] floats = new float[index.getInt()];
        index.asFloatBuffer().get(floats);
        index.position(index.position() + floats.length * Float.BYTES);
        return floats;
    }

    /** Writes the file: under a temporary name, moved to its place when it is complete. */
    static void write(Path file, String owner, Map<String, Kept> kernels) throws IOException {
        List<ByteBuffer> numbers = new ArrayList<>();
        byte[] index = index(owner, kernels, numbers);
        int start = aligned(HEAD_BYTES + index.length);
        ByteBuffer head = ByteBuffer.allocate(start);
        head.position(16).putInt(start).put(index);
        CRC32C checksum = new CRC32C();
        checksum.update(head.duplicate().position(16).limit(start));
        numbers.forEach(part -> checksum.update(part.duplicate()));
        head.putLong(0, MAGIC).putLong(8, checksum.getValue()).clear();
        try (PartFile part = PartFile.beside(file)) {
            writeAll(part.channel(), head);
            for (ByteBuffer content : numbers) {
                writeAll(part.channel(), content.duplicate());
            }
            part.moveTo(file);
        }
    }

    /** @param numbers takes what is to stand behind it, with what is needed to keep each at its place */
    private static byte[] index(String owner, Map<String, Kept> kernels, List<ByteBuffer> numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream index = new DataOutputStream(bytes);
        put(index, owner.getBytes(StandardCharsets.UTF_8));
        index.writeInt(kernels.size());
        int offset = 0;
        for (Map.Entry<String, Kept> named : kernels.entrySet()) {
            Kept kernel = named.getValue();
            put(index, named.getKey().getBytes(StandardCharsets.UTF_8));
            put(index, kernel.scales());
            put(index, kernel.added());
            index.writeInt(kernel.packed().size());
            for (Packed packed : kernel.packed()) {
                put(index, packed.layout());
                index.writeInt(offset);
                index.writeInt(packed.numbers().remaining());
                int end = offset + packed.numbers().remaining();
                offset = aligned(end);
                numbers.add(packed.numbers());
                numbers.add(ByteBuffer.allocate(offset - end));
            }
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream index, byte[] bytes) throws IOException {
        index.writeInt(bytes.length);
        index.write(bytes);
    }

    private static void put(DataOutputStream index, float[] floats) throws IOException {
        index.writeInt(floats.length);
        for (float number : floats) {
            index.writeFloat(number);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    private static long checksum(ByteBuffer content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return checksum.getValue();
    }

    private static int aligned(int bytes) {
        return Math.addExact(bytes, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
