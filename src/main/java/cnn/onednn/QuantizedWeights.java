package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_s8;

import cnn.files.Sha256;
import cnn.network.Weights;
import cnn.program.Kernel;
import cnn.program.QuantizedKernel;
import cnn.program.WholeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;

/** The kernels of a network as whole numbers of 8 bits, in the layouts that its plans want, and what goes with them. */
final class QuantizedWeights implements AutoCloseable {

    /**
     * A kernel for sources of one kind.
     *
     * @param scales what a sum of products is to be multiplied with, for each output channel
     * @param added where the bias lies, in units of the sums of products
     * @param packed the kernel in each layout asked for so far
     */
    record Entry(Key key, float[] scales, NativeMemory.Block added, Layout bias, List<PackedWeights.Packed> packed) {

        List<Layout> layouts() {
            return packed.stream().map(PackedWeights.Packed::layout).toList();
        }
    }

    private record Key(Kernel kernel, WholeSource source) {

        /** For weights and ranges that are known: equal text, equal numbers. */
        String name() {
            String text =
                    "%s, %s, %s".formatted(kernel, source.grid(), source.means().isEmpty());
            return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toString();
        }
    }

    /** A file where what is made is kept, and whose numbers these are. */
    record Place(Path file, String owner) {}

    private final Weights weights;
    private final NativeMemory memory;
    private final Optional<Place> place;
    private final NativeScope scope = new NativeScope();
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Map<Key, QuantizedKernel> made = new HashMap<>();
    /** What was kept, which must not be unmapped while this is in use. */
    private final Map<String, KeptKernels.Kept> kept;

    QuantizedWeights(Weights weights, NativeMemory memory, Optional<Place> place) {
        this.weights = weights;
        this.memory = memory;
        this.place = place;
        this.kept = place.map(where -> KeptKernels.read(where.file(), where.owner()))
                .orElse(Map.of());
    }

    /** The kernel for such sources. */
    Entry entry(Kernel kernel, WholeSource source) {
        return entries.computeIfAbsent(new Key(kernel, source), key -> {
            Layout bias = Layout.strided(scope, dnnl_f32, new long[] {kernel.outputs()}, 1);
            NativeMemory.Block added = allocate(bias.bytes());
            Optional<KeptKernels.Kept> found =
                    kept.isEmpty() ? Optional.empty() : Optional.ofNullable(kept.get(key.name()));
            float[] scales = found.map(KeptKernels.Kept::scales)
                    .orElseGet(() -> made(key).scales());
            Entry entry = new Entry(key, scales, added, bias, new ArrayList<>());
            found.ifPresent(numbers -> take(entry, numbers));
            return entry;
        });
    }

    private void take(Entry entry, KeptKernels.Kept numbers) {
        put(entry, numbers.added());
        numbers.packed().forEach(packed -> entry.packed()
                .add(new PackedWeights.Packed(
                        Layout.ofBytes(scope, packed.layout()), new BytePointer(packed.numbers()))));
    }

    /** The kernel in {@code layout}, packed now unless it is there. */
    PackedWeights.Packed kernel(Entry entry, Layout layout) {
        for (PackedWeights.Packed packed : entry.packed()) {
            if (packed.layout().same(layout)) {
                return packed;
            }
        }
        PackedWeights.Packed packed = pack(entry, layout);
        entry.packed().add(packed);
        return packed;
    }

    private PackedWeights.Packed pack(Entry entry, Layout layout) {
        Layout packed = Layout.copy(scope, layout.descriptor());
        NativeMemory.Block block = allocate(packed.bytes());
        try (NativeScope packing = new NativeScope()) {
            Layout from = KerasLayout.of(packing, dnnl_s8, entry.key().kernel().weight());
            NativeMemory.Block plain = memory.allocate(from.bytes());
            packing.onClose(plain::close);
            put(entry, made(entry.key()).write(plain.bytes()));
            Operation.reorder(packing, from, packed, PrimitiveAttributes.packing(packing))
                    .runOnce(packing, from, plain.at(0), packed, block.at(0));
        }
        return new PackedWeights.Packed(packed, block.at(0));
    }

    private static void put(Entry entry, float[] added) {
        entry.added().floats(0, entry.added().sizeBytes()).put(added);
    }

    private QuantizedKernel made(Key key) {
        return made.computeIfAbsent(key, of -> new QuantizedKernel(of.kernel(), of.source(), weights));
    }

    /** Keeps what has been made so far, if anything has, and if that can be. */
    void keep() {
        if (made.isEmpty() || place.isEmpty()) {
            return;
        }
        Map<String, KeptKernels.Kept> all = new LinkedHashMap<>(kept);
        entries.values().forEach(entry -> all.put(entry.key().name(), kept(entry)));
        try {
            KeptKernels.write(place.get().file(), place.get().owner(), all);
        } catch (IOException e) {
            return; // then the next run makes it again
        }
    }

    private static KeptKernels.Kept kept(Entry entry) {
        float[] added = new float[entry.scales().length];
        entry.added().floats(0, entry.added().sizeBytes()).get(added);
        List<KeptKernels.Packed> packed = entry.packed().stream()
                .map(one -> new KeptKernels.Packed(one.layout().toBytes(), numbers(one)))
                .toList();
        return new KeptKernels.Kept(entry.scales(), added, packed);
    }

    private static ByteBuffer numbers(PackedWeights.Packed packed) {
        BytePointer place = new BytePointer(packed.place());
        return place.capacity(place.position() + packed.layout().bytes())
                .asByteBuffer()
                .slice();
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
