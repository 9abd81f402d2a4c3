package cnn.selftest;

import java.util.Optional;

/**
 * How far what this machine computes is from what it should.
 *
 * @param part which part of the tool
 * @param name what was compared, unique in its part
 * @param cases how many comparisons; none where the check was left out
 * @param worst the largest difference; infinite where there is no number, or not as many as there should be
 * @param tolerance the largest that is right
 * @param problem why nothing could be compared, or is wrong whatever the numbers are
 */
public record Check(Part part, String name, int cases, double worst, double tolerance, Optional<String> problem) {

    /** The parts of the tool, in the order in which an image goes through them. */
    public enum Part {
        PIXELS,
        LAYERS,
        PROBABILITIES,
        INT8
    }

    /** What a check says. */
    public enum Outcome {
        OK,
        FAILED,
        SKIPPED
    }

    /**
     * A comparison of numbers.
     *
     * @param scale of the numbers, by which their differences are divided
     */
    static Check of(Part part, String name, float[] found, double[] expected, double scale, double tolerance) {
        double worst = found.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < expected.length && worst < Double.POSITIVE_INFINITY; i++) {
            double difference = Math.abs(found[i] - expected[i]) / scale;
            worst = difference >= 0 ? Math.max(worst, difference) : Double.POSITIVE_INFINITY;
        }
        return new Check(part, name, 1, worst, tolerance, Optional.empty());
    }

    /** A check that could not be made although it should. */
    static Check failed(Part part, String name, String problem) {
        return new Check(part, name, 1, Double.POSITIVE_INFINITY, 0, Optional.of(problem));
    }

    /** Checks that this machine cannot be asked to pass. */
    static Check skipped(Part part, String name, String reason) {
        return new Check(part, name, 0, 0, 0, Optional.of(reason));
    }

    /** This check and another of the same name as one. */
    Check and(Check other) {
        return new Check(
                part,
                name,
                cases + other.cases,
                Math.max(worst, other.worst),
                Math.max(tolerance, other.tolerance),
                problem.or(other::problem));
    }

    public Outcome outcome() {
        if (cases == 0) {
            return Outcome.SKIPPED;
        }
        return problem.isEmpty() && worst <= tolerance ? Outcome.OK : Outcome.FAILED;
    }
}
