package cnn.dl4j;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a {@link PlainGraph} as ModelSerializer's {@code coefficients.bin}, in a file: read and written without
 * ND4J.
 *
 * <p>It is what {@code Nd4j.write} makes of the graph's parameters, one vector: two buffers, each with its allocation mode,
 * length and type before its values, all big-endian. The first describes the vector's shape, the second holds it; see
 * {@link ParameterVector} for its order.
 */
public final class Coefficients implements Weights {
    private static final String ALLOCATION = "MIXED_DATA_TYPES";
    private static final int HEADER_BYTES = headerOfBuffer("LONG") + 6 * Long.BYTES + headerOfBuffer("FLOAT");
    /** ND4J's flag for arrays of float32. */
    private static final long FLOATS = 1 << 13;

    private final FileChannel channel;
    private final long start;
    private final ParameterVector vector;
    private final Map<String, Parameter> byWeight = new HashMap<>();

    /**
     * @param start where the coefficients begin in the file
     * @throws cnn.program.UnsupportedLayerException if they cannot be those of such a network
     * @throws ArithmeticException if the network has more weights than can be counted
     */
    public Coefficients(FileChannel channel, long start, Network network) {
        this.channel = channel;
        this.start = start;
        this.vector = ParameterVector.of(network);
        for (Parameter parameter : vector.parameters()) {
            parameter.weight().ifPresent(weight -> byWeight.put(key(parameter.node(), weight), parameter));
        }
    }

    /**
     * Writes them.
     *
     * @param weights in Keras's layout
     */
    public static void write(Network network, Weights weights, OutputStream out) throws IOException {
        ParameterVector vector = ParameterVector.of(network);
        DataOutputStream data = new DataOutputStream(out);
        writeHeader(data, 6, "LONG");
        for (long value : List.of(1L, vector.length(), 1L, FLOATS, 1L, (long) 'c')) {
            data.writeLong(value);
        }
        writeHeader(data, vector.length(), "FLOAT");
        for (Parameter parameter : vector.parameters()) {
            parameter.write(weights, data);
        }
        data.flush();
    }

    /** How many bytes they are. */
    public long bytes() {
        return Math.addExact(HEADER_BYTES, Math.multiplyExact(vector.length(), Float.BYTES));
    }

    /**
     * The values of one weight in Keras's layout, read when they are asked for.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        Parameter parameter = byWeight.get(key(node, weight));
        if (parameter == null) {
            throw new IllegalArgumentException("no coefficients of " + node.name());
        }
        try {
            long place = start + HEADER_BYTES + parameter.start() * Float.BYTES;
            return parameter.read(channel.map(MapMode.READ_ONLY, place, parameter.count() * Float.BYTES)
                    .asFloatBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeHeader(DataOutputStream data, long length, String type) throws IOException {
        data.writeUTF(ALLOCATION);
        data.writeLong(length);
        data.writeUTF(type);
    }

    private static int headerOfBuffer(String type) {
        return Short.BYTES + ALLOCATION.length() + Long.BYTES + Short.BYTES + type.length();
    }

    private static String key(Node node, WeightSpec weight) {
        return node.name() + "/" + weight.name();
    }
}
