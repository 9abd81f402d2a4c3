package cnn.selftest;

import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Images and weights by a formula that {@code make_layers.py} has too: Murmur3's finalizer over an FNV-1a hash and the place.
 * All are exact in float32.
 *
 * @param name of the case, which no other has
 * @param whole whether they are whole numbers of 8 bits, for int8
 * @param signed of images of whole numbers, whether they go from -127 and not from 0
 */
record ReproducibleNumbers(String name, boolean whole, boolean signed) implements Weights {
    private static final float STEPS = 1 << 20;
    private static final int SIGNED_LEVELS = 255;
    private static final int MOST = 127;

    /** An image: from -2 to 2, or whole numbers from end to end of their range. */
    float[] image(int number, Shape shape) {
        int[] bits = bits("image " + number, shape);
        float[] values = new float[bits.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = whole ? bits[i] % SIGNED_LEVELS - (signed ? MOST : 0) : 4 * (bits[i] / STEPS) - 2;
        }
        return values;
    }

    /** Around 0, or around 1 where they are to be positive; whole numbers of which the first in each channel is the farthest. */
    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        int[] bits = bits(node.name() + "/" + weight.name(), weight.shape());
        float[] values = new float[bits.length];
        boolean positive = weight.name().equals("gamma") || weight.name().endsWith("variance");
        for (int i = 0; i < values.length; i++) {
            values[i] = whole ? bits[i] % SIGNED_LEVELS - MOST : bits[i] / STEPS + (positive ? 0.5f : -0.5f);
        }
        if (whole && weight.role() != WeightRole.SHIFT) {
            Arrays.fill(values, 0, node.outputShape().channels(), MOST);
        }
        return FloatBuffer.wrap(values);
    }

    /** 20 bits for each number. */
    private int[] bits(String what, Shape shape) {
        int seed = 0x811c9dc5;
        for (byte next : (name + "/" + what).getBytes(StandardCharsets.UTF_8)) {
            seed = (seed ^ next) * 0x01000193;
        }
        int[] bits = new int[Math.toIntExact(shape.elements())];
        for (int i = 0; i < bits.length; i++) {
            int mixed = seed + i * 0x9e3779b9;
            mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
            mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
            bits[i] = (mixed ^ mixed >>> 16) >>> 12;
        }
        return bits;
    }
}
