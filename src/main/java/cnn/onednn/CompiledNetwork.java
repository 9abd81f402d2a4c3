package cnn.onednn;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.program.Precision;
import cnn.program.Program;
import cnn.program.Quantization;
import cnn.program.QuantizedProgram;
import cnn.program.UnsupportedLayerException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network compiled to machine code by oneDNN. Holds its weights in native memory until it is closed.
 *
 * <p>The same images in batches of the same size give the same bits. An image in a batch of another size may be computed
 * by another algorithm, and differs by up to 1e-5 of the layer's largest number.
 */
public final class CompiledNetwork implements ForwardPass {
    private static final int PLANS_KEPT = 4;

    private final Program program;
    private final Precision precision;
    private final Optional<QuantizedProgram> quantized;
    private final NativeMemory memory = new NativeMemory();
    private final PackedWeights weights;
    private final QuantizedWeights wholeWeights;
    private final Map<Integer, InferencePlan> plans = new LinkedHashMap<>(8, 0.75f, true);
    private final Workspace workspace = new Workspace(memory);
    private boolean closed;

    private CompiledNetwork(
            Program program,
            Weights weights,
            Precision precision,
            Optional<Quantization> quantization,
            Optional<QuantizedWeights.Place> place) {
        this.program = program;
        this.precision = precision;
        this.quantized = quantization.map(settings -> QuantizedProgram.of(program, settings));
        this.weights = new PackedWeights(weights, memory);
        this.wholeWeights = new QuantizedWeights(weights, memory, place);
    }

    /**
     * Compiles as much of {@code network} as {@code outputs} need.
     *
     * <p>Large dense kernels that lie in a mapped file are used from there: {@code weights} must stay open, and their file
     * unchanged, until this is closed.
     *
     * @param weights read now, and again when a run with another number of images wants them in another layout
     * @param outputs layers, in the order in which {@link #run} gives their values
     * @param images the number of images that most runs will have; algorithms are chosen and weights packed for that
     * @throws UnsupportedLayerException if a layer cannot be compiled
     * @throws cnn.UserError if there is no layer of such a name
     */
    public static CompiledNetwork compile(
            Network network, Weights weights, List<String> outputs, Precision precision, int images) {
        return compile(network, weights, outputs, precision, Optional.empty(), Optional.empty(), images);
    }

    /**
     * See {@link #compile}.
     *
     * @param quantization if as much as possible is to be computed with 8 bits
     * @param place where kernels of 8 bits are found and kept, if they are to be
     */
    static CompiledNetwork compile(
            Network network,
            Weights weights,
            List<String> outputs,
            Precision precision,
            Optional<Quantization> quantization,
            Optional<QuantizedWeights.Place> place,
            int images) {
        Program program = Program.forInference(network, outputs);
        CompiledNetwork compiled = new CompiledNetwork(program, weights, precision, quantization, place);
        try {
            compiled.plan(images);
            compiled.wholeWeights.keep();
            return compiled;
        } catch (RuntimeException | Error e) {
            compiled.close();
            throw e;
        }
    }

    @Override
    public List<Node> outputs() {
        return program.outputs();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException after {@link #close}
     */
    @Override
    public List<float[]> run(FloatBuffer nhwc, int images) {
        if (closed) {
            throw new IllegalStateException("the compiled network is closed");
        }
        long elements = images * program.input().outputShape().elements();
        FloatBuffer batch = nhwc.slice().limit(Math.toIntExact(elements));
        InferencePlan plan = plan(images);
        workspace.bind(plan.plan());
        return plan.run(batch);
    }

    /** Bytes of native memory held now for weights and activations; machine code is not counted. */
    public long nativeBytes() {
        return memory.bytes();
    }

    /** The most that {@link #nativeBytes} has been. */
    public long peakNativeBytes() {
        return memory.peakBytes();
    }

    @Override
    public void close() {
        closed = true;
        plans.values().forEach(InferencePlan::close);
        plans.clear();
        weights.close();
        wholeWeights.close();
        workspace.close();
    }

    private InferencePlan plan(int images) {
        InferencePlan plan = plans.get(images);
        if (plan == null) {
            if (plans.size() == PLANS_KEPT) {
                int eldest = plans.keySet().iterator().next();
                plans.remove(eldest).close();
            }
            plan = quantized
                    .map(whole -> QuantizedCompiler.compile(whole, weights, wholeWeights, images))
                    .orElseGet(() -> InferenceCompiler.compile(program, weights, precision, images));
            plans.put(images, plan);
        }
        return plan;
    }
}
