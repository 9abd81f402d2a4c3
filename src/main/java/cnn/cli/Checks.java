package cnn.cli;

import cnn.UserError;

/** Checks of numbers on the command line. */
final class Checks {

    private Checks() {}

    static int positive(String option, int value) {
        if (value < 1) {
            throw UserError.usage(option + " must be at least 1, not " + value);
        }
        return value;
    }

    static double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw UserError.usage(option + " must be above 0, not " + value);
        }
        return value;
    }

    static double notNegative(String option, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw UserError.usage(option + " must be at least 0, not " + value);
        }
        return value;
    }

    /** Which share of the images is held back. */
    static double split(double value) {
        if (!(value > 0 && value < 1)) {
            throw UserError.usage("--validation-split must be above 0 and below 1, not " + value);
        }
        return value;
    }

    /** A share: from 0 to 1. */
    static double share(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw UserError.usage(option + " must be from 0 to 1, not " + value);
        }
        return value;
    }
}
