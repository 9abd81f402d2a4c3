package cnn.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message in Protocol Buffers' wire format (protobuf.dev, Encoding), put together field by field. */
final class Message {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final List<ByteBuffer> parts = new ArrayList<>();
    private long size;

    Message number(int field, long value) {
        return tag(field, VARINT).append(varint(value));
    }

    Message real(int field, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return tag(field, FIXED32).append(bytes.putFloat(value).flip());
    }

    Message text(int field, String value) {
        return bytes(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes are not copied. */
    Message bytes(int field, ByteBuffer value) {
        return tag(field, BYTES).append(varint(value.remaining())).append(value);
    }

    Message message(int field, Message value) {
        tag(field, BYTES).append(varint(value.size));
        value.parts.forEach(this::append);
        return this;
    }

    void writeTo(WritableByteChannel channel) throws IOException {
        for (ByteBuffer part : parts) {
            ByteBuffer rest = part.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    private Message tag(int field, int type) {
        return append(varint(((long) field << 3) | type));
    }

    private Message append(ByteBuffer part) {
        parts.add(part);
        size += part.remaining();
        return this;
    }

    private static ByteBuffer varint(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        return bytes.put((byte) rest).flip();
    }
}
