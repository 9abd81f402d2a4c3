package cnn.linear;

/**
 * What is subtracted from each feature, and what it is divided by then.
 *
 * @param mean by feature
 * @param deviation by feature; never 0
 */
record Standardization(double[] mean, double[] deviation) {

    /**
     * Gives each feature mean 0 and variance 1 over some rows, as scikit-learn's StandardScaler does: the deviation is the
     * population's, and a feature that does not vary is divided by 1.
     *
     * @param rows which rows to count
     */
    static Standardization of(double[][] features, int[] rows) {
        int columns = features[0].length;
        double[] mean = centred(features, rows).mean();
        double[] deviation = new double[columns];
        for (int row : rows) {
            for (int j = 0; j < columns; j++) {
                double centred = features[row][j] - mean[j];
                deviation[j] += centred * centred;
            }
        }
        for (int j = 0; j < columns; j++) {
            double found = Math.sqrt(deviation[j] / rows.length);
            deviation[j] = found > 10 * Math.ulp(Math.abs(mean[j])) ? found : 1;
        }
        return new Standardization(mean, deviation);
    }

    /**
     * Gives each feature mean 0 and leaves its scale. Where intercepts are free the optimum is the same as without, and is
     * found sooner.
     */
    static Standardization centred(double[][] features, int[] rows) {
        double[] mean = new double[features[0].length];
        for (int row : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += features[row][j];
            }
        }
        double[] ones = new double[mean.length];
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= rows.length;
            ones[j] = 1;
        }
        return new Standardization(mean, ones);
    }
}
