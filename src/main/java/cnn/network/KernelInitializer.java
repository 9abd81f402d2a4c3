package cnn.network;

/** How the first values of a kernel are drawn: uniformly around 0; Keras's names. */
public enum KernelInitializer {
    /** Glorot and Bengio 2010, equation 16; Keras's default. */
    GLOROT_UNIFORM {
        @Override
        double limit(long fanIn, long fanOut) {
            return Math.sqrt(6.0 / (fanIn + fanOut));
        }

        @Override
        String kerasClass() {
            return "GlorotUniform";
        }
    },
    /** He et al. 2015, equation 10, for layers that end in ReLU. */
    HE_UNIFORM {
        @Override
        double limit(long fanIn, long fanOut) {
            return Math.sqrt(6.0 / fanIn);
        }

        @Override
        String kerasClass() {
            return "HeUniform";
        }
    };

    /**
     * The greatest value of a kernel.
     *
     * @param fanIn numbers that one output is made of
     * @param fanOut numbers that one input contributes to
     */
    abstract double limit(long fanIn, long fanOut);

    /** Keras's class for it. */
    abstract String kerasClass();
}
