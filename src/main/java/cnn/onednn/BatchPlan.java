package cnn.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Machine code for one number of images. It works in memory that it is given, and has none for tensors itself. */
final class BatchPlan implements Workspace.Plan, AutoCloseable {

    /** An operation with all that it works on. */
    record Call(Operation operation, List<Argument> arguments) {}

    private final Scope scope = new Scope();
    private final List<Command> commands = new ArrayList<>();
    private final long workspaceBytes;
    private final List<Slot> zeroed;
    private final Port input;
    private final List<Port> outputs;
    private NativeMemory.Block workspace;

    /**
     * @param slots all places in the memory, not yet set
     * @param zeroed those whose bytes are zero until they are written to
     */
    BatchPlan(List<Call> calls, List<Slot> slots, List<Slot> zeroed, Tensor input, List<Tensor> outputs) {
        this.workspaceBytes = Slot.place(slots);
        this.zeroed = List.copyOf(zeroed);
        this.input = Port.of(input);
        this.outputs = outputs.stream().map(Port::of).toList();
        for (Call call : calls) {
            commands.add(new Command(scope, call.operation(), call.arguments()));
        }
    }

    @Override
    public long workspaceBytes() {
        return workspaceBytes;
    }

    @Override
    public void bind(NativeMemory.Block memory) {
        if (workspace != memory) {
            commands.forEach(command -> command.bind(memory));
            workspace = memory;
        }
        for (Slot slot : zeroed) {
            Pointer.memset(memory.at(slot.offset()), 0, slot.sizeBytes());
        }
    }

    /** Computes in the memory that it is bound to. */
    List<float[]> run(FloatBuffer images) {
        input.in(workspace).put(images);
        commands.forEach(Command::execute);
        return outputs.stream().map(port -> copy(port, workspace)).toList();
    }

    /** Frees the machine code. */
    @Override
    public void close() {
        scope.close();
    }

    private static float[] copy(Port port, NativeMemory.Block workspace) {
        FloatBuffer values = port.in(workspace);
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }
}
