package cnn.onednn;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.ObservedValue;
import cnn.program.Program;
import cnn.program.Range;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import cnn.program.Ranges;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A fused program in float32 whose values are watched; image by image, so that the same algorithms compute each. */
final class CalibrationPass implements RangeObserver {
    private final Map<String, ObservedValue> observed = new LinkedHashMap<>();
    private final NativeMemory memory = new NativeMemory();
    private final PackedWeights weights;
    private final Workspace workspace = new Workspace(memory);
    private final InferencePlan plan;
    private final int elements;

    CalibrationPass(Network network, Weights weights, List<String> outputs) {
        Program program = Program.forInference(network, outputs);
        this.weights = new PackedWeights(weights, memory);
        this.elements = Math.toIntExact(program.input().outputShape().elements());
        try {
            this.plan = InferenceCompiler.watched(program, this.weights, this::see);
        } catch (RuntimeException | Error e) {
            this.weights.close();
            throw e;
        }
    }

    private void see(String value, Shape shape, FloatBuffer numbers) {
        observed.computeIfAbsent(value, name -> new ObservedValue(shape.channels()))
                .add(numbers);
    }

    @Override
    public void observe(FloatBuffer nhwc, int images) {
        workspace.bind(plan.plan());
        for (int image = 0; image < images; image++) {
            plan.run(nhwc.slice(nhwc.position() + image * elements, elements));
        }
    }

    @Override
    public Ranges ranges(RangeMethod method) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        observed.forEach((name, value) -> {
            if (!value.isFinite()) {
                throw UserError.data("no int8 ranges: %s gives numbers that are not finite".formatted(name));
            }
            ranges.put(name, value.range(method));
        });
        return new Ranges(ranges);
    }

    @Override
    public void close() {
        plan.close();
        weights.close();
        workspace.close();
    }
}
