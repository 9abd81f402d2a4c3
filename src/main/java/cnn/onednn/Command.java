package cnn.onednn;

/** One piece of a plan's work. */
interface Command {
    /** Looks for what it works on in {@code workspace} from now on. */
    void bind(NativeMemory.Block workspace);

    void execute();
}
