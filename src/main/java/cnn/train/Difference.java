package cnn.train;

/**
 * In what a training is not what an earlier one was.
 *
 * @param what of the two
 * @param text what was, and what is, in one line
 */
public record Difference(What what, String text) {

    /** What can differ. */
    public enum What {
        DATA(true),
        WEIGHTS(true),
        SETTINGS(true),
        THREADS(true),
        PROCESSOR(false),
        VERSION(false);

        private final boolean decisive;

        What(boolean decisive) {
            this.decisive = decisive;
        }
    }

    /** Whether it makes no sense to train before it is mended; else equal bytes may come out all the same. */
    public boolean isDecisive() {
        return what.decisive;
    }
}
