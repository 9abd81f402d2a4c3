package cnn.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/**
 * Machine code for one number of images: a forward pass, and perhaps a backward pass behind it. It works in memory that it
 * is given, and has none for tensors itself.
 */
final class Plan implements AutoCloseable {

    /** Work that becomes a command when all slots have their places; what is native about it belongs to the scope. */
    interface Call {
        Command command(NativeScope scope);
    }

    private final NativeScope scope = new NativeScope();
    private final List<Command> forward = new ArrayList<>();
    private final List<Command> backward = new ArrayList<>();
    private final long workspaceBytes;
    private final List<Slot> zeroed;
    private final Map<Port, float[]> constants = new HashMap<>();
    private final Map<Tensor, Port> ports = new HashMap<>();
    private NativeMemory.Block workspace;

    /**
     * @param calls what is executed, first the forward pass
     * @param forwardCalls how many of them are the forward pass
     * @param slots all places in the memory, not yet set
     * @param zeroed those whose bytes are zero until they are written to
     * @param constants what they hold in each run
     * @param open the tensors that {@link #floats} gives
     */
    Plan(
            List<Call> calls,
            int forwardCalls,
            List<Slot> slots,
            List<Slot> zeroed,
            Map<Tensor, float[]> constants,
            List<Tensor> open) {
        this.workspaceBytes = Slot.place(slots);
        this.zeroed = List.copyOf(zeroed);
        constants.forEach((tensor, values) -> this.constants.put(Port.of(tensor), values));
        open.forEach(tensor -> ports.put(tensor, Port.of(tensor)));
        for (Call call : calls) {
            List<Command> pass = forward.size() < forwardCalls ? forward : backward;
            pass.add(call.command(scope));
        }
    }

    /** How much memory {@link #bind} must be given. */
    long workspaceBytes() {
        return workspaceBytes;
    }

    /** Works in {@code memory} from now on, which others may have written to in the meantime. */
    void bind(NativeMemory.Block memory) {
        if (workspace != memory) {
            forward.forEach(command -> command.bind(memory));
            backward.forEach(command -> command.bind(memory));
            workspace = memory;
        }
        for (Slot slot : zeroed) {
            Pointer.memset(memory.at(slot.offset()), 0, slot.sizeBytes());
        }
        constants.forEach((port, values) -> port.in(memory).put(values));
    }

    /** The numbers of an open tensor in the memory that this is bound to. */
    FloatBuffer floats(Tensor tensor) {
        return ports.get(tensor).in(workspace);
    }

    float[] copy(Tensor tensor) {
        FloatBuffer values = floats(tensor);
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }

    void forward() {
        forward.forEach(Command::execute);
    }

    void backward() {
        backward.forEach(Command::execute);
    }

    /** Frees the machine code. */
    @Override
    public void close() {
        scope.close();
    }
}
