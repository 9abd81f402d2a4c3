package cnn.network;

/** A layer that multiplies each channel by a number and adds another, neither of which training changes. */
public interface ChannelAffine {
    /**
     * The numbers: for each channel first the factors, then what is added.
     *
     * @param weights of {@code node}, the layer at its place
     */
    double[][] factorsAndShifts(Node node, Weights weights);
}
