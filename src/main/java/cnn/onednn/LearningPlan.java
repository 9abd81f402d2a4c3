package cnn.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/** Machine code for one number of images of a network that learns. It works in memory that it is given. */
final class LearningPlan implements Workspace.Plan, AutoCloseable {

    /** Factors that dropout multiplies its input with, written before each run. */
    record Mask(String layer, double rate, Tensor tensor) {}

    private final Scope scope = new Scope();
    private final List<Command> forward = new ArrayList<>();
    private final List<Command> backward = new ArrayList<>();
    private final List<Slot> zeroed;
    private final Map<Tensor, Port> ports = new HashMap<>();
    private final Tensor input;
    private final Tensor logits;
    private final List<Mask> masks;
    private final List<LearningNormalization.Statistics> statistics;
    private final Optional<Tensor> logitGradient;
    private final Optional<Tensor> inputGradient;
    private final long workspaceBytes;
    private NativeMemory.Block workspace;

    /**
     * @param forwardCalls how many of the plan's operations are its forward pass
     * @param logitGradient where the backward pass starts, if there is one
     */
    LearningPlan(
            PlanBuilder plan,
            int forwardCalls,
            Tensor input,
            Tensor logits,
            List<Mask> masks,
            List<LearningNormalization.Statistics> statistics,
            Optional<Tensor> logitGradient,
            Optional<Tensor> inputGradient) {
        this.workspaceBytes = Slot.place(plan.slots());
        this.zeroed = List.copyOf(plan.zeroed());
        this.input = input;
        this.logits = logits;
        this.masks = List.copyOf(masks);
        this.statistics = List.copyOf(statistics);
        this.logitGradient = logitGradient;
        this.inputGradient = inputGradient;
        List.of(input, logits).forEach(this::open);
        logitGradient.ifPresent(this::open);
        inputGradient.ifPresent(this::open);
        masks.forEach(mask -> open(mask.tensor()));
        statistics.forEach(
                ofBatch -> List.of(ofBatch.mean(), ofBatch.variance()).forEach(this::open));
        List<BatchPlan.Call> calls = plan.calls();
        for (int i = 0; i < calls.size(); i++) {
            Command command =
                    new Command(scope, calls.get(i).operation(), calls.get(i).arguments());
            (i < forwardCalls ? forward : backward).add(command);
        }
    }

    @Override
    public long workspaceBytes() {
        return workspaceBytes;
    }

    @Override
    public void bind(NativeMemory.Block memory) {
        if (workspace != memory) {
            forward.forEach(command -> command.bind(memory));
            backward.forEach(command -> command.bind(memory));
            workspace = memory;
        }
        for (Slot slot : zeroed) {
            Pointer.memset(memory.at(slot.offset()), 0, slot.sizeBytes());
        }
    }

    List<Mask> masks() {
        return masks;
    }

    List<LearningNormalization.Statistics> statistics() {
        return statistics;
    }

    /** The values of an input, a mask, a result, or a batch's statistics. */
    FloatBuffer floats(Tensor tensor) {
        return ports.get(tensor).in(workspace);
    }

    /** The network's results for {@code nhwc}, before softmax or sigmoid. */
    float[] forward(FloatBuffer nhwc) {
        floats(input).put(nhwc.duplicate());
        forward.forEach(Command::execute);
        return copy(logits);
    }

    /** Goes back from the gradient of the results; the gradients of the weights are where their parameters are. */
    void backward(float[] gradient) {
        floats(logitGradient.orElseThrow()).put(gradient);
        backward.forEach(Command::execute);
    }

    /** The gradient of the input, each image height, width, channel. */
    float[] inputGradient() {
        return copy(inputGradient.orElseThrow());
    }

    @Override
    public void close() {
        scope.close();
    }

    private void open(Tensor tensor) {
        ports.put(tensor, Port.of(tensor));
    }

    private float[] copy(Tensor tensor) {
        FloatBuffer values = floats(tensor);
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }
}
