package cnn.classify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many a second: the median over repetitions, after a warm-up. */
final class Throughput {
    private static final long WARM_UP_NANOS = 1_000_000_000L;
    private static final int LEAST_REPETITIONS = 5;

    private final long nanos;

    /**
     * @param seconds to measure for, at least
     */
    Throughput(double seconds) {
        this.nanos = (long) (seconds * 1e9);
    }

    /**
     * Repeats {@code work}.
     *
     * @param count how many items one run of it does
     */
    double of(int count, Runnable work) {
        long warm = System.nanoTime() + WARM_UP_NANOS;
        do {
            work.run();
        } while (System.nanoTime() < warm);
        List<Long> durations = new ArrayList<>();
        long end = System.nanoTime() + nanos;
        while (durations.size() < LEAST_REPETITIONS || System.nanoTime() < end) {
            long start = System.nanoTime();
            work.run();
            durations.add(System.nanoTime() - start);
        }
        Collections.sort(durations);
        return count * 1e9 / durations.get(durations.size() / 2);
    }

    /** The same with {@code threads} that each do {@code work} {@code each} times a run. */
    double ofThreads(int threads, int each, Runnable work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return of(threads * each, () -> runAll(pool, threads, each, work));
        } finally {
            pool.shutdownNow();
        }
    }

    private static void runAll(ExecutorService pool, int threads, int each, Runnable work) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                for (int j = 0; j < each; j++) {
                    work.run();
                }
            }));
        }
        try {
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("what is measured failed", e.getCause());
        }
    }
}
