package cnn.model;

import cnn.files.Sha256;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The weights of a network one after the other in Keras's order and layout, little-endian float32, as a part of a file:
 * mapped when they are asked for.
 */
final class KerasOrder implements Weights {
    private static final int BLOCK = 1 << 14;

    private final FileChannel channel;
    private final Map<String, Long> places = new HashMap<>();
    private final long bytes;

    /**
     * @param start where the weights begin in the file
     * @throws ArithmeticException if the network has more weights than can be counted
     */
    KerasOrder(FileChannel channel, long start, Network network) {
        this.channel = channel;
        long place = start;
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                places.put(key(node, weight), place);
                place = Math.addExact(place, weight.shape().bytes());
            }
        }
        bytes = place - start;
    }

    static void write(Network network, Weights weights, OutputStream out) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                FloatBuffer values = weights.checkedValues(node, weight).duplicate();
                while (values.hasRemaining()) {
                    int count = Math.min(BLOCK, values.remaining());
                    block.clear().asFloatBuffer().put(values.slice(values.position(), count));
                    values.position(values.position() + count);
                    out.write(block.array(), 0, count * Float.BYTES);
                }
            }
        }
    }

    /** The sha256 of what {@link #write} writes, 64 hex digits. */
    static String sha256(Network network, Weights weights) throws IOException {
        MessageDigest digest = Sha256.digest();
        write(network, weights, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    long bytes() {
        return bytes;
    }

    /** @throws UncheckedIOException if the file cannot be read */
    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        Long place = places.get(key(node, weight));
        if (place == null) {
            throw new IllegalArgumentException("no weights of " + node.name());
        }
        try {
            return channel.map(MapMode.READ_ONLY, place, weight.shape().bytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(Node node, WeightSpec weight) {
        return node.name() + "/" + weight.name();
    }
}
