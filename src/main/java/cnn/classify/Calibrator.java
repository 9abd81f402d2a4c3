package cnn.classify;

import cnn.data.ImageInput;
import cnn.model.Model;
import cnn.program.RangeObserver;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Shows images to a model so that the ranges of its values become known, as int8 needs them. Neither their order nor the
 * number of threads makes a difference.
 *
 * @param threads that decode while the network works
 */
public record Calibrator(Model model, ImagePreparation preparation, int threads) {
    private static final int BATCH = 8;

    /** Hears of images that cannot be read. */
    @FunctionalInterface
    public interface LeftOut {
        void image(String input, Failure why);
    }

    /**
     * Shows the images to an observer.
     *
     * @param progress hears how many have been looked at
     * @return how many could be read
     */
    public int observe(RangeObserver observer, Iterator<ImageInput> images, LeftOut leftOut, LongConsumer progress) {
        int shown = 0;
        long done = 0;
        try (BatchPipeline batches = new BatchPipeline(images, preparation, BATCH, threads)) {
            for (Optional<Batch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                Batch read = batch.get();
                read.entries().forEach(entry -> entry.failure().ifPresent(why -> leftOut.image(entry.input(), why)));
                if (read.images() > 0) {
                    observer.observe(read.nhwc(), read.images());
                }
                shown += read.images();
                done += read.entries().size();
                progress.accept(done);
            }
        }
        return shown;
    }
}
