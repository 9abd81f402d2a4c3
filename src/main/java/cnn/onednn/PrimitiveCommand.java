package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;

/** Machine code with its arguments. All that is native about it belongs to the scope that it is made in. */
final class PrimitiveCommand implements Command {

    private record Binding(dnnl_memory memory, long offset) {}

    private final dnnl_primitive primitive;
    private final dnnl_exec_arg_t arguments;
    private final int count;
    private final List<Binding> bindings = new ArrayList<>();

    /** @param arguments those in slots have their places already */
    PrimitiveCommand(NativeScope scope, Operation operation, List<Argument> arguments) {
        this.primitive = operation.compile(scope);
        this.count = arguments.size();
        this.arguments = scope.own(new dnnl_exec_arg_t(count));
        for (int i = 0; i < count; i++) {
            dnnl_memory memory = memory(scope, arguments.get(i));
            this.arguments.position(i).arg(arguments.get(i).name()).memory(memory);
        }
        this.arguments.position(0);
    }

    @Override
    public void bind(NativeMemory.Block workspace) {
        for (Binding binding : bindings) {
            Dnnl.check(dnnl_memory_set_data_handle(binding.memory(), workspace.at(binding.offset())), "memory");
        }
    }

    @Override
    public void execute() {
        Dnnl.check(dnnl_primitive_execute(primitive, Dnnl.STREAM, count, arguments), "execution");
    }

    private dnnl_memory memory(NativeScope scope, Argument argument) {
        dnnl_memory memory = scope.own(new dnnl_memory());
        int status = dnnl_memory_create(memory, argument.layout().descriptor(), Dnnl.ENGINE, argument.place());
        Dnnl.check(status, "memory");
        scope.onClose(() -> dnnl_memory_destroy(memory));
        if (argument.slot() != null) {
            bindings.add(new Binding(memory, argument.slot().offset() + argument.offset()));
        }
        return memory;
    }
}
