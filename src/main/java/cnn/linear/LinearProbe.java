package cnn.linear;

import cnn.metrics.Interval;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Tells how well the linear head on some features would answer, without making it: cross-validation as {@link
 * LinearHeadSearch} has it, but over every third of its penalties. Equal samples, labels and groups have equal folds, so
 * that answers of different features can be compared image by image.
 *
 * @param folds of the cross-validation; fewer where a class has fewer groups of rows
 * @param seed that deals the samples out to the folds
 */
public record LinearProbe(int folds, long seed, int threads) {
    private static final int EVERY = 3;

    /**
     * How the best penalty did.
     *
     * @param penalty C
     * @param accuracy the share of right answers for samples that were held back
     * @param interval in which it lies with 95 % confidence
     * @param logLoss the mean loss of these samples
     * @param judged the rows that were held back once
     * @param right those of them that were answered right
     * @param losses by row, of those that were held back
     */
    public record Result(
            double penalty,
            double accuracy,
            Interval interval,
            double logLoss,
            BitSet judged,
            BitSet right,
            double[] losses) {}

    /** What was found; nothing where no class has two groups of rows, so that nothing can be held back. */
    public Optional<Result> of(Samples samples, LinearHeadSearch.Listener listener) {
        Folds rows = new Folds(samples);
        int count = Math.min(folds, rows.most());
        if (count == 0) {
            return Optional.empty();
        }
        List<int[]> dealt = rows.deal(count, seed);
        double[] penalties = penalties();
        AtomicInteger done = new AtomicInteger();
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return new PenaltyPath(penalties, true)
                            .validate(
                                    samples,
                                    dealt,
                                    new Workers(pool, listener::working),
                                    () -> listener.fitted(done.incrementAndGet(), penalties.length * count))
                            .stream()
                            .min(Comparator.comparingDouble(PenaltyPath.Point::logLoss))
                            .map(best -> new Result(
                                    best.penalty(),
                                    (double) best.right() / best.rows(),
                                    Interval.ofShare(best.right(), best.rows()),
                                    best.logLoss(),
                                    bits(dealt.stream().flatMapToInt(IntStream::of)),
                                    best.hits(),
                                    best.losses()));
        } finally {
            pool.shutdownNow();
        }
    }

    /** How many fits the search for a head makes for each of a probe's. */
    public static double fitsOfSearch() {
        return (double) LinearHeadSearch.penalties().length / penalties().length;
    }

    private static double[] penalties() {
        double[] all = LinearHeadSearch.penalties();
        return IntStream.range(0, all.length)
                .filter(i -> i % EVERY == 0)
                .mapToDouble(i -> all[i])
                .toArray();
    }

    private static BitSet bits(IntStream indices) {
        BitSet bits = new BitSet();
        indices.forEach(bits::set);
        return bits;
    }
}
