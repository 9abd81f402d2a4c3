package cnn.model;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of some weights, held in memory, and those of all others from elsewhere.
 *
 * @param byName a layer's name, a slash and a weight's; not copied
 */
public record WeightValues(Map<String, float[]> byName, Weights others) implements Weights {

    /** The weights of one layer, in the order of their specifications. */
    public static Map<String, float[]> of(Node node, List<float[]> values) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            weights.put(name(node, node.weights().get(i)), values.get(i));
        }
        return weights;
    }

    /** A copy of all weights of a network. */
    public static Map<String, float[]> copy(Network network, Weights weights) {
        Map<String, float[]> copy = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                FloatBuffer values = weights.values(node, weight);
                float[] array = new float[values.remaining()];
                values.duplicate().get(array);
                copy.put(name(node, weight), array);
            }
        }
        return copy;
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        float[] values = byName.get(name(node, weight));
        return values == null ? others.values(node, weight) : FloatBuffer.wrap(values);
    }

    public static void write(DataOutput out, Map<String, float[]> weights) throws IOException {
        out.writeInt(weights.size());
        for (Map.Entry<String, float[]> weight : weights.entrySet()) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(weight.getValue().length, Float.BYTES));
            bytes.asFloatBuffer().put(weight.getValue());
            out.writeUTF(weight.getKey());
            out.writeInt(weight.getValue().length);
            out.write(bytes.array());
        }
    }

    public static Map<String, float[]> read(DataInput in) throws IOException {
        Map<String, float[]> weights = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            float[] values = new float[in.readInt()];
            byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
            in.readFully(bytes);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
            weights.put(name, values);
        }
        return weights;
    }

    private static String name(Node node, WeightSpec weight) {
        return node.name() + "/" + weight.name();
    }
}
