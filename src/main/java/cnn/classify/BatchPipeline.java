package cnn.classify;

import cnn.data.ImageInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Prepares images ahead on several threads and hands them on in batches, in the order of the inputs.
 *
 * <p>While the network works on one batch, the next two are being prepared; so memory depends on the batch size, not on the
 * number of inputs. Used by one thread.
 */
public final class BatchPipeline implements AutoCloseable {
    private static final int BATCHES_AHEAD = 2;

    private final int batchSize;
    private final ImagePipeline<ImageInput, float[]> prepared;
    private final FloatBuffer nhwc;

    public BatchPipeline(Iterator<ImageInput> inputs, ImagePreparation preparation, int batchSize, int threads) {
        this.batchSize = batchSize;
        this.prepared = new ImagePipeline<>(
                inputs,
                preparation.floats(),
                (input, arrays) -> preparation.prepare(input.encoded(), arrays.take()),
                BATCHES_AHEAD * batchSize,
                threads);
        this.nhwc = ByteBuffer.allocateDirect(Math.multiplyExact(batchSize * Float.BYTES, preparation.floats()))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The next batch, of {@code batchSize} inputs but for the last; empty at the end. */
    public Optional<Batch> next() {
        List<Batch.Entry> entries = new ArrayList<>(batchSize);
        nhwc.clear();
        int images = 0;
        while (entries.size() < batchSize && prepared.hasNext()) {
            ImagePipeline.Result<ImageInput, float[]> next = prepared.next();
            entries.add(new Batch.Entry(next.input().given(), next.failure()));
            if (next.made().isPresent()) {
                nhwc.put(next.made().get());
                prepared.giveBack(next.made().get());
                images++;
            }
        }
        nhwc.flip();
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Batch(entries, nhwc, images));
    }

    @Override
    public void close() {
        prepared.close();
    }
}
