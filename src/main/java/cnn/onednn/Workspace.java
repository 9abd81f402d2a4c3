package cnn.onednn;

/** Memory that plans work in one at a time, as large as the largest of them needs. */
final class Workspace implements AutoCloseable {

    private final NativeMemory memory;
    private NativeMemory.Block block;
    private Plan bound;

    Workspace(NativeMemory memory) {
        this.memory = memory;
    }

    /** Binds {@code plan}, unless it is the one that was bound last. */
    void bind(Plan plan) {
        if (plan == bound) {
            return;
        }
        if (block == null || block.sizeBytes() < plan.workspaceBytes()) {
            close();
            block = memory.allocate(plan.workspaceBytes());
        }
        plan.bind(block);
        bound = plan;
    }

    @Override
    public void close() {
        if (block != null) {
            block.close();
            block = null;
        }
    }
}
