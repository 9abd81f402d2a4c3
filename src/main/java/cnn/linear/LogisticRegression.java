package cnn.linear;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Logistic regression with an L2 penalty: the minimum over W and b of C times the sum of the cross-entropies plus half the
 * sum of the squares of W, as scikit-learn's {@code LogisticRegression(C=...)} states it. Softmax over all classes, one
 * sigmoid unit for two. The penalty is on weights of standardised features; intercepts are free.
 *
 * <p>Features are not standardised in memory: the weights are scaled instead, so that all folds of a cross-validation share
 * one copy. Sums are over fixed ranges of rows and added in their order, so results are equal to the bit for any number of
 * threads.
 *
 * @param gradientTolerance the largest entry of the gradient at the end, as a share of the objective
 */
record LogisticRegression(double gradientTolerance) {
    /** Rows whose sums one thread makes, at least; their number depends on the samples alone. */
    private static final int RANGE = 512;

    /** Each takes memory for a gradient. */
    private static final int MOST_RANGES = 32;

    private static final int MAX_ITERATIONS = 10_000;

    /**
     * A solution.
     *
     * @param parameters weights of standardised features, unit by unit, then the intercepts
     * @param objective its value there
     * @param gradientMax the largest entry of its gradient there
     */
    record Solution(
            double[] parameters,
            double objective,
            double gradientMax,
            int iterations,
            boolean converged,
            LinearModel model,
            List<Lbfgs.Correction> corrections) {}

    /**
     * @param penalty C: the inverse of the penalty's weight
     * @param start where to start from
     * @param workers who share the work, if there is more than one range of rows
     */
    Solution fit(Samples samples, Standardization scale, double penalty, Start start, Workers workers) {
        Problem problem = new Problem(samples, scale, penalty, workers);
        Lbfgs.Minimum found =
                new Lbfgs(gradientTolerance, MAX_ITERATIONS).minimize(problem, start.parameters(), start.corrections());
        return new Solution(
                found.at(),
                found.value(),
                found.gradientMax(),
                found.iterations(),
                found.converged(),
                problem.model(found.at()),
                found.corrections());
    }

    /**
     * Where a search starts from.
     *
     * @param corrections what is known of the curvature there
     */
    record Start(double[] parameters, List<Lbfgs.Correction> corrections) {

        /** All weights zero, which is the optimum for a penalty without bound. */
        static Start zero(Samples samples) {
            return new Start(new double[samples.units() * (samples.columns() + 1)], List.of());
        }

        /**
         * The solution for another penalty. The gradient is C times the loss's plus the weights, so that its changes are
         * known for the other C as well.
         *
         * @param weights how many of the parameters are weights, and no intercepts
         */
        static Start from(Solution solution, double penalty, double other, int weights) {
            return new Start(
                    solution.parameters(),
                    solution.corrections().stream()
                            .map(known -> rescaled(known, other / penalty, weights))
                            .filter(known -> known.curvature() > 0)
                            .toList());
        }

        private static Lbfgs.Correction rescaled(Lbfgs.Correction known, double ratio, int weights) {
            double[] change = known.change().clone();
            for (int i = 0; i < change.length; i++) {
                double ofPenalty = i < weights ? known.step()[i] : 0;
                change[i] = ratio * (change[i] - ofPenalty) + ofPenalty;
            }
            return new Lbfgs.Correction(known.step(), change);
        }
    }

    private record Problem(Samples samples, Standardization scale, double penalty, Workers workers)
            implements Objective {

        /** The sums over one range of rows. */
        private record Part(double loss, double[][] gradient, double[] interceptGradient) {}

        @Override
        public double evaluate(double[] at, double[] gradient) {
            workers.check().run();
            int columns = samples.columns();
            int units = samples.units();
            LinearModel model = model(at);
            double loss = 0;
            double[][] sums = new double[units][columns];
            double[] interceptSums = new double[units];
            for (Part part : parts(model)) {
                loss += part.loss();
                add(interceptSums, part.interceptGradient());
                for (int unit = 0; unit < units; unit++) {
                    add(sums[unit], part.gradient()[unit]);
                }
            }
            double squares = 0;
            for (int unit = 0; unit < units; unit++) {
                double residual = interceptSums[unit];
                for (int j = 0; j < columns; j++) {
                    double weight = at[unit * columns + j];
                    squares += weight * weight;
                    double slope = (sums[unit][j] - scale.mean()[j] * residual) / scale.deviation()[j];
                    gradient[unit * columns + j] = penalty * slope + weight;
                }
                gradient[units * columns + unit] = penalty * residual;
            }
            return penalty * loss + squares / 2;
        }

        /** The classifier of features as they are that {@code at} means. */
        LinearModel model(double[] at) {
            int columns = samples.columns();
            int units = samples.units();
            double[][] weights = new double[units][columns];
            double[] intercepts = new double[units];
            for (int unit = 0; unit < units; unit++) {
                double intercept = at[units * columns + unit];
                for (int j = 0; j < columns; j++) {
                    double weight = at[unit * columns + j] / scale.deviation()[j];
                    weights[unit][j] = weight;
                    intercept -= weight * scale.mean()[j];
                }
                intercepts[unit] = intercept;
            }
            return new LinearModel(weights, intercepts);
        }

        private List<Part> parts(LinearModel model) {
            int range = Math.max(RANGE, (samples.count() + MOST_RANGES - 1) / MOST_RANGES);
            if (samples.count() <= range) {
                return List.of(part(0, samples.count(), model));
            }
            return workers.all(IntStream.iterate(0, from -> from < samples.count(), from -> from + range)
                    .mapToObj(from -> (Callable<Part>) () -> part(from, Math.min(samples.count(), from + range), model))
                    .toList());
        }

        private Part part(int from, int to, LinearModel model) {
            double[][] gradient = new double[samples.units()][samples.columns()];
            double[] interceptGradient = new double[samples.units()];
            double loss = new LogisticLoss(samples)
                    .add(from, to, model.weights(), model.intercepts(), gradient, interceptGradient);
            return new Part(loss, gradient, interceptGradient);
        }

        private static void add(double[] sums, double[] values) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i];
            }
        }
    }
}
