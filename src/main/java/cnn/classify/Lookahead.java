package cnn.classify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What a function makes of the elements of an iterator, in their order, computed ahead on several threads. Used by one
 * thread.
 */
public final class Lookahead<A, B> implements Iterator<B>, AutoCloseable {
    private final Iterator<A> inputs;
    private final Function<A, B> work;
    private final int ahead;
    private final ExecutorService threads;
    private final Deque<Future<B>> underway = new ArrayDeque<>();

    /**
     * @param work is applied on any of the threads
     * @param ahead how many elements may be done or underway that have not been asked for
     */
    public Lookahead(Iterator<A> inputs, Function<A, B> work, int ahead, int threads) {
        this.inputs = inputs;
        this.work = work;
        this.ahead = ahead;
        this.threads = Executors.newFixedThreadPool(threads, Lookahead::daemon);
        submit();
    }

    @Override
    public boolean hasNext() {
        return !underway.isEmpty();
    }

    @Override
    public B next() {
        if (underway.isEmpty()) {
            throw new NoSuchElementException();
        }
        B result = await(underway.poll());
        submit();
        return result;
    }

    /** Leaves what is underway to end by itself: an interrupt would close the files that it reads. */
    @Override
    public void close() {
        underway.forEach(future -> future.cancel(false));
        threads.shutdown();
    }

    private void submit() {
        while (underway.size() < ahead && inputs.hasNext()) {
            A input = inputs.next();
            underway.add(threads.submit(() -> work.apply(input)));
        }
    }

    private static <B> B await(Future<B> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while images are prepared", e);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    /** What a thread threw, as if it had been thrown here: a function throws no checked exceptions. */
    private static RuntimeException unwrapped(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "prepare");
        thread.setDaemon(true);
        return thread;
    }
}
