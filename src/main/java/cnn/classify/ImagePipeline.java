package cnn.classify;

import cnn.image.ImageException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Images on their way into a network: what becomes of each is computed ahead on several threads and handed on in the order
 * of the inputs, one result for every input, a failure where an image cannot be read. Used by one thread.
 *
 * @param <T> what names an image
 * @param <R> what becomes of it
 */
public final class ImagePipeline<T, R> implements Iterator<ImagePipeline.Result<T, R>>, AutoCloseable {
    private final Lookahead<T, Result<T, R>> results;
    private final Arrays arrays;

    /** What becomes of an image; called by many threads at once. */
    @FunctionalInterface
    public interface Step<T, R> {

        /** @param arrays where a prepared image may be written to */
        R of(T input, Arrays arrays) throws ImageException;
    }

    /** What has become of an input, or why nothing has. */
    public record Result<T, R>(T input, Optional<Failure> failure, Optional<R> made) {}

    /** Arrays for one image each, used again and again. */
    public static final class Arrays {
        private final int floats;
        private final ConcurrentLinkedQueue<float[]> spare = new ConcurrentLinkedQueue<>();

        private Arrays(int floats) {
            this.floats = floats;
        }

        /** An array with any content. */
        public float[] take() {
            float[] used = spare.poll();
            return used == null ? new float[floats] : used;
        }

        /** Takes an array back that nobody needs any more. */
        public void giveBack(float[] array) {
            spare.add(array);
        }
    }

    /**
     * @param floats numbers that one prepared image has
     * @param ahead how many results may be done or underway that have not been asked for
     */
    public ImagePipeline(Iterator<T> inputs, int floats, Step<T, R> step, int ahead, int threads) {
        this.arrays = new Arrays(floats);
        this.results = new Lookahead<>(inputs, input -> result(input, step), ahead, threads);
    }

    @Override
    public boolean hasNext() {
        return results.hasNext();
    }

    @Override
    public Result<T, R> next() {
        return results.next();
    }

    /** Takes an array back that nobody needs any more. */
    public void giveBack(float[] array) {
        arrays.giveBack(array);
    }

    @Override
    public void close() {
        results.close();
    }

    private Result<T, R> result(T input, Step<T, R> step) {
        try {
            return new Result<>(input, Optional.empty(), Optional.of(step.of(input, arrays)));
        } catch (ImageException e) {
            return new Result<>(input, Optional.of(Failure.of(e)), Optional.empty());
        }
    }
}
