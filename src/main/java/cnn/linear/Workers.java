package cnn.linear;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Threads that share work.
 *
 * @param check is run again and again while they work; what it throws ends the work
 */
record Workers(ForkJoinPool pool, Runnable check) {

    /** The results of some pieces of work, in their order. */
    <T> List<T> all(List<Callable<T>> work) {
        List<ForkJoinTask<T>> running = work.stream().map(pool::submit).toList();
        return running.stream().map(ForkJoinTask::join).toList();
    }
}
