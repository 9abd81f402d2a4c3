package cnn.onednn;

/** Memory that plans work in one at a time, as large as the largest of them needs. */
final class Workspace implements AutoCloseable {

    /** What works in memory that it is given. */
    interface Plan {

        /** How much memory {@link #bind} must be given. */
        long workspaceBytes();

        /** Works in {@code memory} from now on, which others may have written to in the meantime. */
        void bind(NativeMemory.Block memory);
    }

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
