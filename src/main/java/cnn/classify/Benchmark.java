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
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures each part of a classification by itself, and all of it.
 *
 * @param threads that decode and prepare; the network uses as many as the process was started with
 * @param seconds to spend on each figure
 */
public record Benchmark(Model model, ImagePreparation preparation, int threads, double seconds) {
    private static final int RUNS_PER_THREAD = 8;

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
    public double decode(Path image) {
        return new Throughput(seconds).ofThreads(threads, RUNS_PER_THREAD, () -> decoded(image));
    }

    /** Pixels to the network's input: resized and scaled, all threads. */
    public double preprocess(Path image) {
        Pixels pixels = decoded(image);
        ThreadLocal<float[]> nhwc = ThreadLocal.withInitial(() -> new float[preparation.floats()]);
        return new Throughput(seconds).ofThreads(threads, RUNS_PER_THREAD, () -> prepare(image, pixels, nhwc.get()));
    }

    /**
     * Image files to answers.
     *
     * @param images that one run classifies
     */
    public double endToEnd(Path image, int images, int batchSize) {
        Classifier classifier = new Classifier(model, preparation, 5, batchSize, threads);
        ImageInput input = new ImageInput(image.toString(), Optional.of(image), Optional.empty());
        return new Throughput(seconds).of(images, () -> {
            Iterator<ImageInput> inputs = Collections.nCopies(images, input).iterator();
            List<Classification> answers = new ArrayList<>(images);
            classifier.classify(inputs, batch -> answers.addAll(batch));
            if (answers.stream().anyMatch(answer -> answer.failure().isPresent())) {
                throw new IllegalStateException("an image that was decoded before cannot be read any more");
            }
        });
    }

    private void prepare(Path image, Pixels pixels, float[] nhwc) {
        try {
            preparation.prepare(pixels, nhwc);
        } catch (ImageException e) {
            throw UserError.data(image + ": " + e.getMessage(), e);
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
