package cnn.classify;

import cnn.data.ImageInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Prepares images ahead on several threads and hands them on in batches, in the order of the inputs.
 *
 * <p>While the network works on one batch, the next two are being prepared; so memory depends on the batch size, not on the
 * number of inputs. Used by one thread.
 */
final class BatchPipeline implements AutoCloseable {
    private static final int BATCHES_AHEAD = 2;

    private final ImagePreparation preparation;
    private final int batchSize;
    private final Lookahead<ImageInput, Prepared> prepared;
    private final ConcurrentLinkedQueue<float[]> spare = new ConcurrentLinkedQueue<>();
    private final FloatBuffer nhwc;

    private record Prepared(Batch.Entry entry, float[] nhwc) {}

    BatchPipeline(Iterator<ImageInput> inputs, ImagePreparation preparation, int batchSize, int threads) {
        this.preparation = preparation;
        this.batchSize = batchSize;
        this.prepared = new Lookahead<>(inputs, this::prepare, BATCHES_AHEAD * batchSize, threads);
        this.nhwc = ByteBuffer.allocateDirect(Math.multiplyExact(batchSize * Float.BYTES, preparation.floats()))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The next batch, of {@code batchSize} inputs but for the last; empty at the end. */
    Optional<Batch> next() {
        List<Batch.Entry> entries = new ArrayList<>(batchSize);
        nhwc.clear();
        int images = 0;
        while (entries.size() < batchSize && prepared.hasNext()) {
            Prepared next = prepared.next();
            entries.add(next.entry());
            if (next.entry().failure().isEmpty()) {
                nhwc.put(next.nhwc());
                images++;
            }
            spare.add(next.nhwc());
        }
        nhwc.flip();
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Batch(entries, nhwc, images));
    }

    @Override
    public void close() {
        prepared.close();
    }

    private Prepared prepare(ImageInput input) {
        float[] used = spare.poll();
        float[] place = used == null ? new float[preparation.floats()] : used;
        return new Prepared(new Batch.Entry(input.given(), preparation.prepare(input, place)), place);
    }
}
