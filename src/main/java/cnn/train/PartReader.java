package cnn.train;

import cnn.UserError;
import cnn.cache.FeatureCache;
import cnn.classify.Calibrator;
import cnn.classify.Failure;
import cnn.classify.ImagePipeline;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.data.Sample;
import cnn.features.FeatureExtractor;
import cnn.features.FeatureLayout;
import cnn.features.FeatureRow;
import cnn.image.Augmentation;
import cnn.image.ImageException;
import cnn.model.Model;
import cnn.program.RangeObserver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads a part of a data set into memory. Images that cannot be read are told and left out.
 *
 * @param threads that read and decode
 * @param stopRequested whether the user wants the training to stop
 */
record PartReader(Optional<FeatureCache> cache, int threads, TrainingListener listener, BooleanSupplier stopRequested) {
    private static final int BATCH = 8;
    private static final int AHEAD = 64;

    /** What the layers that a model was opened for make of the images, each computed once and kept in the cache. */
    LoadedSamples features(String name, Model model, ImagePreparation preparation, List<Sample> samples) {
        FeatureLayout layout = FeatureLayout.of(model, Optional.empty());
        int floats = layout.floats();
        SampleRows.Numbers rows = SampleRows.Numbers.of(samples.size(), floats);
        List<Sample> read = new ArrayList<>(samples.size());
        Iterator<Sample> next = samples.iterator();
        Iterator<ImageInput> inputs = samples.stream().map(Sample::image).iterator();
        new FeatureExtractor(model, layout, preparation, cache, BATCH, threads).extract(inputs, (found, progress) -> {
            for (FeatureRow row : found) {
                Sample sample = next.next();
                if (row.failure().isPresent()) {
                    leaveOut(sample, row.failure().get());
                } else {
                    rows.write(read.size(), row.features());
                    read.add(sample);
                }
            }
            listener.read(name, progress.inputs(), samples.size());
            stopIfRequested();
            return true;
        });
        return new LoadedSamples(rows, read);
    }

    /** The images' pixels, to be augmented as they are used. */
    LoadedSamples pictures(
            String name, ImagePreparation preparation, List<Sample> samples, Augmentation augmentation, long seed) {
        boolean whole = preparation.loading().givesWholeLevels();
        int rowBytes = Math.multiplyExact(preparation.floats(), whole ? 1 : Float.BYTES);
        SampleRows.Pictures rows = new SampleRows.Pictures(
                RowTable.of(samples.size(), rowBytes),
                preparation.input(),
                whole,
                new long[samples.size()],
                augmentation,
                seed,
                preparation.preprocessing());
        List<Sample> read = new ArrayList<>(samples.size());
        try (ImagePipeline<Sample, float[]> decoded = new ImagePipeline<>(
                samples.iterator(),
                preparation.floats(),
                (sample, arrays) -> preparation.decode(sample.image().encoded(), arrays.take()),
                AHEAD,
                threads)) {
            for (int done = 1; decoded.hasNext(); done++) {
                ImagePipeline.Result<Sample, float[]> image = decoded.next();
                image.failure().ifPresent(failure -> leaveOut(image.input(), failure));
                image.made().ifPresent(levels -> {
                    rows.write(read.size(), levels, image.input().content().first());
                    read.add(image.input());
                    decoded.giveBack(levels);
                });
                listener.read(name, done, samples.size());
                stopIfRequested();
            }
        }
        return new LoadedSamples(rows, read);
    }

    /**
     * Shows images to what finds the ranges of a model's values. Those that cannot be read are told later, when they are read
     * to be learnt from.
     *
     * @return how many could be read
     */
    int show(RangeObserver observer, Model model, ImagePreparation preparation, Collection<Sample> samples) {
        Iterator<ImageInput> inputs = samples.stream().map(Sample::image).iterator();
        return new Calibrator(model, preparation, threads)
                .observe(
                        observer,
                        inputs,
                        PartReader::refuseIfMemoryLacks,
                        done -> listener.read("calibration", done, samples.size()));
    }

    private void stopIfRequested() {
        if (stopRequested.getAsBoolean()) {
            throw new TrainingStopped();
        }
    }

    private static void refuseIfMemoryLacks(String image, Failure why) {
        if (why.code().equals(ImageException.Code.OUT_OF_MEMORY.id())) {
            throw UserError.weights("%s: %s".formatted(image, why.message()));
        }
    }

    /** Tells that an image is left out; one that lacks memory ends the training, which would go another way without it. */
    private void leaveOut(Sample sample, Failure why) {
        refuseIfMemoryLacks(sample.path().toString(), why);
        listener.note(sample.path() + " is left out: " + why.message());
    }
}
