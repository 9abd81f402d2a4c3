package cnn.transfer;

import cnn.data.ImageInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prepares images ahead on several threads and hands them on in batches, in the order of the inputs.
 *
 * <p>While the network works on one batch, the next two are being prepared; so memory depends on the batch size, not on the
 * number of inputs. Used by one thread.
 */
final class BatchPipeline implements AutoCloseable {
    private static final int BATCHES_AHEAD = 2;

    private final Iterator<ImageInput> inputs;
    private final ImagePreparation preparation;
    private final int batchSize;
    private final ExecutorService threads;
    private final Deque<Future<Prepared>> underway = new ArrayDeque<>();
    private final Deque<float[]> spare = new ArrayDeque<>();
    private final FloatBuffer nhwc;

    private record Prepared(Batch.Entry entry, float[] nhwc) {}

    BatchPipeline(Iterator<ImageInput> inputs, ImagePreparation preparation, int batchSize, int threads) {
        this.inputs = inputs;
        this.preparation = preparation;
        this.batchSize = batchSize;
        this.threads = Executors.newFixedThreadPool(threads, BatchPipeline::daemon);
        this.nhwc = ByteBuffer.allocateDirect(Math.multiplyExact(batchSize * Float.BYTES, preparation.floats()))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        prepareAhead();
    }

    /** The next batch, of {@code batchSize} inputs but for the last; empty at the end. */
    Optional<Batch> next() {
        List<Batch.Entry> entries = new ArrayList<>(batchSize);
        nhwc.clear();
        int images = 0;
        while (entries.size() < batchSize && !underway.isEmpty()) {
            Prepared prepared = await(underway.poll());
            entries.add(prepared.entry());
            if (prepared.entry().failure().isEmpty()) {
                nhwc.put(prepared.nhwc());
                images++;
            }
            spare.push(prepared.nhwc());
            prepareAhead();
        }
        nhwc.flip();
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Batch(entries, nhwc, images));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void prepareAhead() {
        while (underway.size() < BATCHES_AHEAD * batchSize && inputs.hasNext()) {
            ImageInput input = inputs.next();
            float[] place = spare.isEmpty() ? new float[preparation.floats()] : spare.pop();
            underway.add(threads.submit(
                    () -> new Prepared(new Batch.Entry(input.given(), preparation.prepare(input, place)), place)));
        }
    }

    private static Prepared await(Future<Prepared> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while images are prepared", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("preparing an image failed", e.getCause());
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "prepare");
        thread.setDaemon(true);
        return thread;
    }
}
