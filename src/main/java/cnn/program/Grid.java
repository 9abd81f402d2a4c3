package cnn.program;

import cnn.network.Scalar;

/**
 * The numbers that 8 bits stand for: a whole number times the scale.
 *
 * @param signed whether the whole numbers go from -127 to 127, else from 0 to 255
 */
public record Grid(boolean signed, double scale) {
    private static final int MOST_SIGNED = 127;
    private static final int MOST = 255;
    private static final double NEARLY = 1 - 1e-6;

    /** With room for all numbers of a range. */
    static Grid of(Range range) {
        boolean signed = range.low() < 0;
        double farthest = Math.max(range.high(), -range.low());
        double scale = farthest / (signed ? MOST_SIGNED : MOST);
        return new Grid(signed, scale > 0 ? scale : 1);
    }

    /** Whether its ends cut off what a function cuts off, which otherwise changes nothing. */
    public boolean replaces(Scalar term) {
        boolean endsEarly = term.kind() == Scalar.Kind.RELU || term.beta() >= scale * MOST * NEARLY;
        return !signed && canReplace(term) && endsEarly;
    }

    /** Whether all that a function does is to cut off what is below zero, and perhaps what is above some number. */
    static boolean canReplace(Scalar term) {
        return (term.kind() == Scalar.Kind.RELU || term.kind() == Scalar.Kind.CLIP) && term.alpha() == 0;
    }
}
