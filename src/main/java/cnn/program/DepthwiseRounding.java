package cnn.program;

/**
 * Rounds the weights of some channels of a depthwise convolution, one cell after the other: up or down, whichever brings back what
 * earlier ones of the channel have moved. They are multiplied with neighbours, which rise and fall together, and so find the sum
 * of the weights as it was.
 */
final class DepthwiseRounding {
    private static final int MOST = 127;

    private final double[] moved;

    DepthwiseRounding(int channels) {
        this.moved = new double[channels];
    }

    /** @param cell the channels' weights of one cell */
    void round(float[] cell, byte[] whole) {
        for (int c = 0; c < cell.length; c++) {
            double near = Math.rint(cell[c]);
            double other = near > cell[c] ? near - 1 : near + 1;
            double here = moved[c] + near - cell[c];
            double there = moved[c] + other - cell[c];
            boolean takesOther = Math.abs(there) < Math.abs(here) && Math.abs(other) <= MOST;
            moved[c] = takesOther ? there : here;
            whole[c] = (byte) (takesOther ? other : near);
        }
    }
}
