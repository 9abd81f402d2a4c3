package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import cnn.network.Node;
import cnn.network.WeightSpec;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * One weight of a network that learns, in the layout that its layer's forward pass likes best; with its gradient and the
 * optimizer's numbers, in the same layout, if it changes by gradient.
 */
final class Parameter implements AutoCloseable {
    private final Node node;
    private final WeightSpec weight;
    private final Layout keras;
    private final NativeMemory memory;
    private final int slots;
    private final boolean learns;
    private Layout layout;
    private NativeMemory.Block value;
    private NativeMemory.Block gradient;
    private NativeMemory.Block state;

    /**
     * @param keras how Keras lays it out
     * @param slots numbers that the optimizer keeps for each
     */
    Parameter(Node node, WeightSpec weight, Layout keras, NativeMemory memory, boolean learns, int slots) {
        this.node = node;
        this.weight = weight;
        this.keras = keras;
        this.memory = memory;
        this.learns = learns;
        this.slots = slots;
    }

    Node node() {
        return node;
    }

    WeightSpec weight() {
        return weight;
    }

    boolean learns() {
        return learns;
    }

    int slots() {
        return slots;
    }

    /** The sizes by which oneDNN knows it. */
    long[] sizes() {
        return keras.sizes();
    }

    boolean isSettled() {
        return layout != null;
    }

    /** Decides the layout, for good, and fills in the values. */
    void settle(Layout decided, FloatBuffer initial) {
        this.layout = decided;
        this.value = zeros(decided.bytes());
        if (learns) {
            this.gradient = zeros(decided.bytes());
            this.state = zeros(Math.max(1, slots * decided.bytes()));
        }
        float[] values = new float[initial.remaining()];
        initial.duplicate().get(values);
        put(value.at(0), values);
    }

    Layout layout() {
        return layout;
    }

    Pointer place() {
        return value.at(0);
    }

    Pointer gradientPlace() {
        return gradient.at(0);
    }

    /** All numbers of it in memory, those of padding too. */
    int floats() {
        return Math.toIntExact(layout.bytes() / Float.BYTES);
    }

    FloatBuffer values() {
        return value.floats(0, layout.bytes());
    }

    FloatBuffer gradients() {
        return gradient.floats(0, layout.bytes());
    }

    FloatBuffer state(int slot) {
        return state.floats(slot * layout.bytes(), layout.bytes());
    }

    /** A copy of the values as Keras lays them out. */
    float[] toKeras() {
        return get(value.at(0));
    }

    void fromKeras(float[] values) {
        put(value.at(0), values);
    }

    float[] stateToKeras(int slot) {
        return get(state.at(slot * layout.bytes()));
    }

    void stateFromKeras(int slot, float[] values) {
        put(state.at(slot * layout.bytes()), values);
    }

    float[] gradientToKeras() {
        return get(gradient.at(0));
    }

    @Override
    public void close() {
        if (isSettled()) {
            value.close();
        }
        if (gradient != null) {
            gradient.close();
            state.close();
        }
    }

    private void put(BytePointer place, float[] values) {
        try (NativeScope scope = new NativeScope()) {
            NativeMemory.Block plain = memory.allocate(keras.bytes());
            scope.onClose(plain::close);
            plain.floats(0, keras.bytes()).put(values);
            reorder(scope, keras, plain.at(0), layout, place);
        }
    }

    private float[] get(BytePointer place) {
        try (NativeScope scope = new NativeScope()) {
            NativeMemory.Block plain = memory.allocate(keras.bytes());
            scope.onClose(plain::close);
            reorder(scope, layout, place, keras, plain.at(0));
            float[] values = new float[Math.toIntExact(keras.bytes() / Float.BYTES)];
            plain.floats(0, keras.bytes()).get(values);
            return values;
        }
    }

    private static void reorder(NativeScope scope, Layout from, Pointer source, Layout to, Pointer target) {
        Operation reorder = Operation.reorder(scope, from, to, PrimitiveAttributes.packing(scope));
        List<Argument> arguments =
                List.of(Argument.of(DNNL_ARG_SRC, from, source), Argument.of(DNNL_ARG_DST, to, target));
        new PrimitiveCommand(scope, reorder, arguments).execute();
    }

    private NativeMemory.Block zeros(long bytes) {
        NativeMemory.Block block = memory.allocate(bytes);
        Pointer.memset(block.at(0), 0, bytes);
        return block;
    }
}
