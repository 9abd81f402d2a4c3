package cnn.classify;

import cnn.UserError;
import cnn.data.ImageInput;
import cnn.image.ImageException;
import cnn.image.Pixels;
import cnn.model.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures each part of a classification by itself, and all of it.
 *
 * @param images that are worked on, one after the other, and again
 * @param threads that decode and prepare; the network uses as many as the process was started with
 * @param seconds to spend on each figure
 */
public record Benchmark(Model model, ImagePreparation preparation, List<Path> images, int threads, double seconds) {
    private static final int RUNS_PER_THREAD = 8;
    private static final int IMAGES_PER_RUN = 64;

    public Benchmark {
        images = List.copyOf(images);
    }

    /** Images a second through the network alone. */
    public record Forward(int batchSize, double imagesPerSecond) {}

    /** The network alone, with random pixels. */
    public Forward forward(int batchSize) {
        SplittableRandom random = new SplittableRandom(1);
        FloatBuffer nhwc = ByteBuffer.allocateDirect(batchSize * preparation.floats() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        while (nhwc.hasRemaining()) {
            nhwc.put((float) random.nextDouble(-1, 1));
        }
        nhwc.flip();
        double rate = new Throughput(seconds).of(batchSize, () -> model.pass().run(nhwc.duplicate(), batchSize));
        return new Forward(batchSize, rate);
    }

    /** Encoded images to pixels, all threads. */
    public double decode() {
        AtomicInteger turn = new AtomicInteger();
        return new Throughput(seconds).ofThreads(threads, RUNS_PER_THREAD, () -> decoded(next(images, turn)));
    }

    /** Pixels to the network's input: resized and scaled, all threads. */
    public double preprocess() {
        List<Pixels> pixels =
                images.stream().limit(RUNS_PER_THREAD).map(this::decoded).toList();
        AtomicInteger turn = new AtomicInteger();
        ThreadLocal<float[]> nhwc = ThreadLocal.withInitial(() -> new float[preparation.floats()]);
        return new Throughput(seconds)
                .ofThreads(threads, RUNS_PER_THREAD, () -> prepare(next(pixels, turn), nhwc.get()));
    }

    private static <T> T next(List<T> items, AtomicInteger turn) {
        return items.get(Math.floorMod(turn.getAndIncrement(), items.size()));
    }

    /** Image files to answers. */
    public double endToEnd(int batchSize) {
        Classifier classifier = new Classifier(model, preparation, 5, batchSize, threads);
        int rounds = Math.max(1, IMAGES_PER_RUN / images.size());
        List<ImageInput> inputs = Collections.nCopies(rounds, images).stream()
                .flatMap(List::stream)
                .map(ImageInput::of)
                .toList();
        return new Throughput(seconds).of(inputs.size(), () -> {
            List<Classification> answers = new ArrayList<>(inputs.size());
            classifier.classify(inputs.iterator(), batch -> answers.addAll(batch));
            if (answers.stream().anyMatch(answer -> answer.failure().isPresent())) {
                throw new IllegalStateException("an image that was decoded before cannot be read any more");
            }
        });
    }

    private void prepare(Pixels pixels, float[] nhwc) {
        try {
            preparation.prepare(pixels, nhwc);
        } catch (ImageException e) {
            throw UserError.data("an image cannot be brought to the network's size: " + e.getMessage(), e);
        }
    }

    private Pixels decoded(Path image) {
        try {
            return preparation.decoder().decode(image);
        } catch (ImageException e) {
            throw UserError.data(image + ": " + e.getMessage(), e);
        }
    }
}
