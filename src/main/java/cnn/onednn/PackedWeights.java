package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.Node;
import cnn.network.Weights;
import cnn.program.Folding;
import cnn.program.Kernel;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** The kernels and biases of a network, folded and in the layouts that its plans want; each layout once. */
final class PackedWeights implements AutoCloseable {

    /** Native memory less than this is not worth sparing. */
    private static final long LARGE_BYTES = 16L << 20;

    /** A kernel or bias in one layout. */
    record Packed(Layout layout, Pointer place) {}

    private final Weights weights;
    private final NativeMemory memory;
    private final NativeScope scope = new NativeScope();
    private final Map<Kernel, List<Packed>> kernels = new HashMap<>();
    private final Map<Kernel, Packed> biases = new HashMap<>();
    private final Map<Kernel, Folding> foldings = new HashMap<>();
    /** What must not be unmapped while this is in use. */
    private final List<FloatBuffer> stored = new ArrayList<>();

    PackedWeights(Weights weights, NativeMemory memory) {
        this.weights = weights;
        this.memory = memory;
    }

    /** As Keras lays them out. */
    Weights stored() {
        return weights;
    }

    /** The kernel in each layout asked for so far. */
    List<Packed> kernels(Kernel kernel) {
        return kernels.getOrDefault(kernel, List.of());
    }

    /** The kernel in {@code layout}, packed now unless it is there. */
    Packed kernel(Kernel kernel, Layout layout) {
        for (Packed packed : kernels(kernel)) {
            if (packed.layout().same(layout)) {
                return packed;
            }
        }
        Packed packed = pack(kernel, layout);
        kernels.computeIfAbsent(kernel, key -> new ArrayList<>()).add(packed);
        return packed;
    }

    /**
     * The layout in which a large dense kernel lies in a mapped file, if it can be used from there without a copy: it is
     * read once per run however it is packed, and a file's pages need no memory of ours.
     */
    Optional<Layout> asStored(Kernel kernel) {
        boolean candidate = kernel.isDense()
                && !kernel.isScaled()
                && (long) kernel.inputs() * kernel.outputs() * Float.BYTES >= LARGE_BYTES
                && isNative(Folding.kernel(kernel, weights));
        return candidate ? Optional.of(KerasLayout.of(scope, kernel.weight())) : Optional.empty();
    }

    /** A vector of a layer as it is, if the layer has one of that name. */
    Optional<Packed> vector(Node node, String name) {
        return node.weights().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .map(spec -> kernel(Kernel.vector(node, spec), KerasLayout.of(scope, spec)));
    }

    /** The bias, folded; zeros for a kernel that has none. */
    Packed bias(Kernel kernel) {
        return biases.computeIfAbsent(kernel, key -> {
            float[] bias = folding(key).bias();
            Layout layout = Layout.strided(scope, dnnl_f32, new long[] {bias.length}, 1);
            NativeMemory.Block block = allocate((long) bias.length * Float.BYTES);
            block.floats(0, block.sizeBytes()).put(bias);
            return new Packed(layout, block.at(0));
        });
    }

    @Override
    public void close() {
        scope.close();
    }

    private Packed pack(Kernel kernel, Layout layout) {
        Layout kept = Layout.copy(scope, layout.descriptor());
        if (asStored(kernel).filter(stored -> stored.same(kept)).isPresent()) {
            FloatBuffer values = Folding.kernel(kernel, weights);
            stored.add(values);
            return new Packed(kept, new FloatPointer(values));
        }
        NativeMemory.Block block = allocate(kept.bytes());
        int axes = kernel.isGrouped() ? 0b11 : 0b1;
        try (NativeScope packing = new NativeScope()) {
            PrimitiveAttributes folding = kernel.isScaled()
                    ? PrimitiveAttributes.scaled(packing, axes, folding(kernel).factors())
                    : PrimitiveAttributes.packing(packing);
            Layout from = KerasLayout.of(packing, kernel.weight());
            Pointer place = place(packing, Folding.kernel(kernel, weights));
            if (kernel.isScaled() && kept.isTransformed()) {
                // oneDNN's transform to Winograd's tiles ignores factors.
                NativeMemory.Block scaled = memory.allocate(from.bytes());
                packing.onClose(scaled::close);
                reorder(packing, from, place, from, scaled.at(0), folding);
                reorder(packing, from, scaled.at(0), kept, block.at(0), PrimitiveAttributes.packing(packing));
            } else {
                reorder(packing, from, place, kept, block.at(0), folding);
            }
        }
        return new Packed(kept, block.at(0));
    }

    private static void reorder(
            NativeScope packing,
            Layout from,
            Pointer source,
            Layout to,
            Pointer target,
            PrimitiveAttributes attributes) {
        Operation.reorder(packing, from, to, attributes).runOnce(packing, from, source, to, target);
    }

    private Folding folding(Kernel kernel) {
        return foldings.computeIfAbsent(kernel, key -> Folding.of(key, weights));
    }

    private NativeMemory.Block allocate(long bytes) {
        NativeMemory.Block block = memory.allocate(bytes);
        scope.onClose(block::close);
        return block;
    }

    private static boolean isNative(FloatBuffer values) {
        return values.isDirect() && values.order() == ByteOrder.nativeOrder();
    }

    /** Where the values lie, if that is in native memory; else where a copy of them lies. */
    private Pointer place(NativeScope packing, FloatBuffer values) {
        if (isNative(values)) {
            return new FloatPointer(values);
        }
        long bytes = (long) values.remaining() * Float.BYTES;
        NativeMemory.Block copy = memory.allocate(bytes);
        packing.onClose(copy::close);
        copy.floats(0, bytes).put(values);
        return copy.at(0);
    }
}
