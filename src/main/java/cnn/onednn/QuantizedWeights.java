package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_s8;

import cnn.network.Weights;
import cnn.program.Kernel;
import cnn.program.QuantizedKernel;
import cnn.program.WholeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kernels of a network as whole numbers of 8 bits, in the layouts that its plans want, and what goes with them. */
final class QuantizedWeights implements AutoCloseable {

    /**
     * A kernel for sources of one kind.
     *
     * @param added where the bias lies, in units of the sums of products
     */
    record Entry(QuantizedKernel kernel, NativeMemory.Block added, Layout bias, List<PackedWeights.Packed> packed) {

        List<Layout> layouts() {
            return packed.stream().map(PackedWeights.Packed::layout).toList();
        }
    }

    private record Key(Kernel kernel, WholeSource source) {}

    private final Weights weights;
    private final NativeMemory memory;
    private final NativeScope scope = new NativeScope();
    private final Map<Key, Entry> entries = new HashMap<>();

    QuantizedWeights(Weights weights, NativeMemory memory) {
        this.weights = weights;
        this.memory = memory;
    }

    /** The kernel for such sources. */
    Entry entry(Kernel kernel, WholeSource source) {
        return entries.computeIfAbsent(new Key(kernel, source), key -> {
            QuantizedKernel quantized = new QuantizedKernel(kernel, source, weights);
            Layout bias = Layout.strided(scope, dnnl_f32, new long[] {kernel.outputs()}, 1);
            return new Entry(quantized, allocate(bias.bytes()), bias, new ArrayList<>());
        });
    }

    /** The kernel in {@code layout}, packed now unless it is there. */
    PackedWeights.Packed kernel(Kernel kernel, Entry entry, Layout layout) {
        for (PackedWeights.Packed packed : entry.packed()) {
            if (packed.layout().same(layout)) {
                return packed;
            }
        }
        PackedWeights.Packed packed = pack(kernel, entry, layout);
        entry.packed().add(packed);
        return packed;
    }

    private PackedWeights.Packed pack(Kernel kernel, Entry entry, Layout layout) {
        Layout kept = Layout.copy(scope, layout.descriptor());
        NativeMemory.Block block = allocate(kept.bytes());
        try (NativeScope packing = new NativeScope()) {
            Layout from = KerasLayout.of(packing, dnnl_s8, kernel.weight());
            NativeMemory.Block plain = memory.allocate(from.bytes());
            packing.onClose(plain::close);
            float[] bias = entry.kernel().write(plain.bytes());
            entry.added().floats(0, entry.added().sizeBytes()).put(bias);
            Operation.reorder(packing, from, kept, PrimitiveAttributes.packing(packing))
                    .runOnce(packing, from, plain.at(0), kept, block.at(0));
        }
        return new PackedWeights.Packed(kept, block.at(0));
    }

    private NativeMemory.Block allocate(long bytes) {
        NativeMemory.Block block = memory.allocate(bytes);
        scope.onClose(block::close);
        return block;
    }

    @Override
    public void close() {
        scope.close();
    }
}
