package cnn.linear;

/**
 * A symmetric matrix in tridiagonal form: what a matrix and its shifts have in common with it (traces, determinants, solutions
 * of vectors that were turned with it) costs as much as the matrix has rows, and no eigenvalue has to be found.
 *
 * @param diagonal its entries
 * @param beside the entries beside it, one fewer
 */
record Tridiagonal(double[] diagonal, double[] beside) {

    /**
     * Reduces a matrix by Householder's reflections: Golub and Van Loan, Matrix Computations, 4th edition, algorithm 8.3.1.
     *
     * @param matrix symmetric; is overwritten
     * @param vectors are turned into the basis of the tridiagonal form
     */
    static Tridiagonal of(double[][] matrix, double[][] vectors) {
        int n = matrix.length;
        double[] diagonal = new double[n];
        double[] beside = new double[Math.max(0, n - 1)];
        double[] reflector = new double[n];
        double[] product = new double[n];
        for (int k = 0; k < n - 1; k++) {
            diagonal[k] = matrix[k][k];
            double square = 0;
            for (int i = k + 1; i < n; i++) {
                reflector[i] = matrix[i][k];
                square += reflector[i] * reflector[i];
            }
            beside[k] = -Math.copySign(Math.sqrt(square), reflector[k + 1]);
            double length = square - beside[k] * reflector[k + 1];
            if (length == 0) {
                continue;
            }
            reflector[k + 1] -= beside[k];
            reflect(matrix, reflector, product, k + 1, 1 / length);
            for (double[] vector : vectors) {
                add(vector, -dot(vector, reflector, k + 1) / length, reflector, k + 1);
            }
        }
        if (n > 0) {
            diagonal[n - 1] = matrix[n - 1][n - 1];
        }
        return new Tridiagonal(diagonal, beside);
    }

    /** This matrix with a number above 0 added to all of its diagonal; it must be positive definite then. */
    Shifted plus(double shift) {
        double[] pivots = new double[diagonal.length];
        for (int i = 0; i < pivots.length; i++) {
            double eliminated = i == 0 ? 0 : beside[i - 1] * beside[i - 1] / pivots[i - 1];
            pivots[i] = atLeast(diagonal[i] + shift - eliminated, shift);
        }
        return new Shifted(this, shift, pivots);
    }

    /**
     * A shifted matrix, decomposed.
     *
     * @param pivots of the elimination from the top down
     */
    record Shifted(Tridiagonal matrix, double shift, double[] pivots) {

        double logDeterminant() {
            double sum = 0;
            for (double pivot : pivots) {
                sum += Math.log(pivot);
            }
            return sum;
        }

        /** An entry of the inverse's diagonal follows from the pivots of both directions: Meurant 1992, theorem 3.1. */
        double traceOfInverse() {
            double trace = 0;
            double below = 0;
            for (int i = pivots.length - 1; i >= 0; i--) {
                double entry = matrix.diagonal[i] + shift;
                double eliminated = i == pivots.length - 1 ? 0 : matrix.beside[i] * matrix.beside[i] / below;
                below = atLeast(entry - eliminated, shift);
                trace += 1 / (pivots[i] - eliminated);
            }
            return trace;
        }

        double[] solve(double[] vector) {
            double[] solution = vector.clone();
            for (int i = 1; i < solution.length; i++) {
                solution[i] -= matrix.beside[i - 1] / pivots[i - 1] * solution[i - 1];
            }
            for (int i = solution.length - 1; i >= 0; i--) {
                double above = i == solution.length - 1 ? 0 : matrix.beside[i] * solution[i + 1];
                solution[i] = (solution[i] - above) / pivots[i];
            }
            return solution;
        }
    }

    /** What lies behind {@code from} becomes H A H with H = I - factor v v'. */
    private static void reflect(double[][] matrix, double[] v, double[] product, int from, double factor) {
        for (int i = from; i < v.length; i++) {
            product[i] = factor * dot(matrix[i], v, from);
        }
        add(product, -factor / 2 * dot(product, v, from), v, from);
        for (int i = from; i < v.length; i++) {
            add(matrix[i], -v[i], product, from);
            add(matrix[i], -product[i], v, from);
        }
    }

    /** No pivot of a positive definite matrix is smaller than what was added; rounding may say otherwise. */
    private static double atLeast(double pivot, double shift) {
        return Math.max(pivot, shift);
    }

    private static double dot(double[] a, double[] b, int from) {
        double even = 0;
        double odd = 0;
        int i = from;
        for (; i + 1 < a.length; i += 2) {
            even = Math.fma(a[i], b[i], even);
            odd = Math.fma(a[i + 1], b[i + 1], odd);
        }
        return i < a.length ? Math.fma(a[i], b[i], even) + odd : even + odd;
    }

    private static void add(double[] to, double factor, double[] values, int from) {
        for (int i = from; i < to.length; i++) {
            to[i] += factor * values[i];
        }
    }
}
