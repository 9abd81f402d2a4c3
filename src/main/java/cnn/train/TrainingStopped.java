package cnn.train;

/** Ends a training in the middle of whatever it is at, since the user wants it to stop. */
final class TrainingStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingStopped() {
        super("the user wants it to stop", null, false, false);
    }
}
