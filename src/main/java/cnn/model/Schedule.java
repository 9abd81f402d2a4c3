package cnn.model;

/** How the learning rate goes on from epoch to epoch of a phase. */
public enum Schedule {
    CONSTANT,
    /** Half a cosine wave down to almost nothing (Loshchilov and Hutter 2017, equation 5, without restarts). */
    COSINE;

    /**
     * What the phase's learning rate is multiplied with.
     *
     * @param epoch of the phase, counted from 0
     * @param epochs of the phase
     */
    public double factor(int epoch, int epochs) {
        return this == CONSTANT ? 1 : (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    }
}
