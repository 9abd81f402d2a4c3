package cnn.linear;

/** A function of many variables, to be minimised. */
interface Objective {

    /**
     * @param gradient is overwritten
     * @return the function's value
     */
    double evaluate(double[] at, double[] gradient);
}
