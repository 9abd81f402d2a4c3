package cnn.linear;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Minimises a smooth function by limited-memory BFGS with a line search to the strong Wolfe conditions: Nocedal and
 * Wright, Numerical Optimization, 2nd edition, algorithms 7.5, 3.5 and 3.6. Where rounding hides the decrease that these
 * ask for, slopes decide (the approximate Wolfe conditions of Hager and Zhang 2005, equation 4.1).
 *
 * @param gradientTolerance of the largest entry of the gradient, as a share of the function's value
 * @param maxIterations after which it ends without having converged
 */
record Lbfgs(double gradientTolerance, int maxIterations) {
    private static final int MEMORY = 40;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double ROUNDING = 1e-13;
    private static final int MAX_TRIALS = 40;

    /**
     * Where the search ended.
     *
     * @param corrections the last of them, the oldest first
     */
    record Minimum(
            double[] at,
            double value,
            double gradientMax,
            int iterations,
            boolean converged,
            List<Correction> corrections) {}

    /**
     * A step that was taken, and the change of the gradient along it.
     *
     * @param curvature their product, which is above 0
     */
    record Correction(double[] step, double[] change, double curvature) {

        Correction(double[] step, double[] change) {
            this(step, change, dot(step, change));
        }
    }

    /** A point on a search line: the length from its start, the function's value and its slope there. */
    private record Trial(double length, double value, double slope, double[] at, double[] gradient) {}

    /** @param known what is known of the function's curvature, the oldest first */
    Minimum minimize(Objective objective, double[] start, List<Correction> known) {
        double[] gradient = new double[start.length];
        Trial here = new Trial(0, objective.evaluate(start, gradient), 0, start.clone(), gradient);
        Deque<Correction> corrections = new ArrayDeque<>(known);
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            if (isConverged(here)) {
                return minimum(here, iteration, true, corrections);
            }
            double[] direction = direction(corrections, here.gradient());
            Trial next = new Line(objective, here, direction).search(firstLength(corrections, here.gradient()));
            if (next.length() == 0 || next.value() > here.value() + ROUNDING * Math.abs(here.value())) {
                if (corrections.isEmpty()) {
                    return minimum(here, iteration, false, corrections);
                }
                corrections.clear();
                continue;
            }
            remember(corrections, here, next);
            here = next;
        }
        return minimum(here, maxIterations, isConverged(here), corrections);
    }

    private boolean isConverged(Trial here) {
        return largest(here.gradient()) <= gradientTolerance * Math.abs(here.value());
    }

    private static Minimum minimum(Trial here, int iterations, boolean converged, Collection<Correction> corrections) {
        return new Minimum(
                here.at(), here.value(), largest(here.gradient()), iterations, converged, List.copyOf(corrections));
    }

    private static void remember(Deque<Correction> corrections, Trial from, Trial to) {
        Correction correction =
                new Correction(difference(to.at(), from.at()), difference(to.gradient(), from.gradient()));
        if (correction.curvature() > 0) {
            if (corrections.size() == MEMORY) {
                corrections.removeFirst();
            }
            corrections.addLast(correction);
        }
    }

    /** The two-loop recursion: the gradient times minus the approximate inverse Hessian. */
    private static double[] direction(Deque<Correction> corrections, double[] gradient) {
        double[] direction = gradient.clone();
        double[] shares = new double[corrections.size()];
        int i = shares.length;
        for (Iterator<Correction> newestFirst = corrections.descendingIterator(); newestFirst.hasNext(); ) {
            Correction correction = newestFirst.next();
            i--;
            shares[i] = dot(correction.step(), direction) / correction.curvature();
            add(direction, -shares[i], correction.change());
        }
        if (!corrections.isEmpty()) {
            Correction newest = corrections.getLast();
            scale(direction, newest.curvature() / dot(newest.change(), newest.change()));
        }
        for (Correction correction : corrections) {
            double share = dot(correction.change(), direction) / correction.curvature();
            add(direction, shares[i] - share, correction.step());
            i++;
        }
        scale(direction, -1);
        return direction;
    }

    private static double firstLength(Deque<Correction> corrections, double[] gradient) {
        return corrections.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    }

    /** The function along a line. */
    private record Line(Objective objective, Trial origin, double[] direction, double slope) {

        Line(Objective objective, Trial origin, double[] direction) {
            this(objective, origin, direction, dot(origin.gradient(), direction));
        }

        /** Algorithm 3.5: lengthens the step until it brackets lengths that suffice. */
        Trial search(double length) {
            Trial before = new Trial(0, origin.value(), slope, origin.at(), origin.gradient());
            double next = length;
            for (int trials = 0; trials < MAX_TRIALS; trials++) {
                Trial trial = at(next);
                if (suffices(trial)) {
                    return trial;
                }
                if (isTooHigh(trial) || (trials > 0 && trial.value() >= before.value())) {
                    return zoom(before, trial);
                }
                if (trial.slope() >= 0) {
                    return zoom(trial, before);
                }
                before = trial;
                next *= 2;
            }
            return before;
        }

        /** Algorithm 3.6: narrows the bracket; {@code low} always is the better end. */
        private Trial zoom(Trial low, Trial high) {
            for (int trials = 0; trials < MAX_TRIALS; trials++) {
                Trial trial = at(between(low, high));
                if (suffices(trial)) {
                    return trial;
                }
                if (isTooHigh(trial) || trial.value() >= low.value()) {
                    high = trial;
                } else {
                    if (trial.slope() * (high.length() - low.length()) >= 0) {
                        high = low;
                    }
                    low = trial;
                }
            }
            return low;
        }

        private Trial at(double length) {
            double[] at = origin.at().clone();
            add(at, length, direction);
            double[] gradient = new double[at.length];
            double value = objective.evaluate(at, gradient);
            return new Trial(length, value, dot(gradient, direction), at, gradient);
        }

        private boolean isTooHigh(Trial trial) {
            return !(trial.value() <= origin.value() + SUFFICIENT_DECREASE * trial.length() * slope);
        }

        private boolean suffices(Trial trial) {
            boolean flat = Math.abs(trial.slope()) <= -CURVATURE * slope;
            boolean withinRounding = trial.value() <= origin.value() + ROUNDING * Math.abs(origin.value())
                    && trial.slope() <= (2 * SUFFICIENT_DECREASE - 1) * slope;
            return flat && (!isTooHigh(trial) || withinRounding);
        }

        /** The minimum of the cubic through both ends' values and slopes (equation 3.59), kept off the ends. */
        private static double between(Trial low, Trial high) {
            double width = high.length() - low.length();
            double d1 = low.slope() + high.slope() - 3 * (high.value() - low.value()) / width;
            double d2 = Math.copySign(Math.sqrt(d1 * d1 - low.slope() * high.slope()), width);
            double cubic = high.length() - width * (high.slope() + d2 - d1) / (high.slope() - low.slope() + 2 * d2);
            double share = (cubic - low.length()) / width;
            return low.length() + width * (share >= 0.1 && share <= 0.9 ? share : 0.5);
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** In four sums, so that additions need not wait for one another. */
    static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 = Math.fma(a[i], b[i], s0);
            s1 = Math.fma(a[i + 1], b[i + 1], s1);
            s2 = Math.fma(a[i + 2], b[i + 2], s2);
            s3 = Math.fma(a[i + 3], b[i + 3], s3);
        }
        for (; i < a.length; i++) {
            s0 = Math.fma(a[i], b[i], s0);
        }
        return s0 + s1 + (s2 + s3);
    }

    private static void add(double[] to, double factor, double[] values) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * values[i];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }
}
