package cnn.onednn;

import java.nio.FloatBuffer;
import java.util.List;

/** Numbers computed by a plain loop, where oneDNN has nothing. */
final class LoopCommand implements Command {

    /** What the loop does. */
    interface Loop {
        void run(List<FloatBuffer> sources, FloatBuffer target);
    }

    private final Loop loop;
    private final List<Port> sources;
    private final Port target;
    private List<FloatBuffer> from;
    private FloatBuffer to;

    LoopCommand(Loop loop, List<Port> sources, Port target) {
        this.loop = loop;
        this.sources = sources;
        this.target = target;
    }

    @Override
    public void bind(NativeMemory.Block workspace) {
        from = sources.stream().map(port -> port.in(workspace)).toList();
        to = target.in(workspace);
    }

    @Override
    public void execute() {
        loop.run(from, to);
    }
}
