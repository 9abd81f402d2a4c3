package cnn.bench;

/** A network that one of the engines trains on one batch again and again. */
interface Learner extends Runnable, AutoCloseable {

    /** One step: the frozen layers' forward pass, if there are any; forward, backward and update of the others. */
    @Override
    void run();

    /** The mean loss of the batch, without dropout. */
    double loss();

    /** How many numbers learn. */
    long parameters();

    @Override
    void close();
}
