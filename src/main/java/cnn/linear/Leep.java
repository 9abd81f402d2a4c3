package cnn.linear;

/**
 * The log expected empirical prediction (LEEP, Nguyen et al. 2020, arXiv:2002.12462): how well the classes that a network
 * knows already foretell other ones. With theta the network's probabilities of an image, z its classes and y the new ones,
 * P(y|z) is what the images say, and the score the mean of ln sum over z of P(y|z) theta(z). At most 0; nothing is trained.
 */
public final class Leep {
    private Leep() {}

    /**
     * @param probabilities a row for each image: what the network makes of it; each row sums to 1
     * @param labels the new class of each
     */
    public static double of(double[][] probabilities, int[] labels, int classes) {
        int known = probabilities[0].length;
        double[][] joint = new double[classes][known];
        double[] marginal = new double[known];
        for (int i = 0; i < labels.length; i++) {
            for (int z = 0; z < known; z++) {
                joint[labels[i]][z] += probabilities[i][z];
                marginal[z] += probabilities[i][z];
            }
        }
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double expected = 0;
            for (int z = 0; z < known; z++) {
                if (marginal[z] > 0) {
                    expected += joint[labels[i]][z] / marginal[z] * probabilities[i][z];
                }
            }
            sum += Math.log(expected);
        }
        return sum / labels.length;
    }
}
