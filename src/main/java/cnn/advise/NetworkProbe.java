package cnn.advise;

import cnn.cache.FeatureCache;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.data.Sample;
import cnn.features.FeatureExtractor;
import cnn.features.FeatureLayout;
import cnn.features.FeatureRow;
import cnn.model.Model;
import cnn.model.Models;
import cnn.model.Part;
import cnn.network.Pooling;
import cnn.train.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes what a network makes of images: one pass gives the pooled features of all layers that are tried.
 *
 * @param threads that read and decode
 * @param deadline after which no more is begun
 */
record NetworkProbe(
        Models models,
        AdviceRequest request,
        Optional<FeatureCache> cache,
        int threads,
        TrainingListener listener,
        Deadline deadline) {
    private static final int BATCH = 8;
    private static final int TIMED = 5 * BATCH;
    private static final double NANOS = 1e9;
    private static final int FOREVER = 365;

    /**
     * What was computed.
     *
     * @param rows by sample
     * @param seconds that it took
     * @param secondsPerImage with nothing in the cache
     */
    record Rows(List<FeatureRow> rows, double seconds, double secondsPerImage) {}

    /** The same without a deadline. */
    NetworkProbe patient() {
        return new NetworkProbe(models, request, cache, threads, listener, Deadline.in(Duration.ofDays(FOREVER)));
    }

    /** The features of some images; nothing if there was no time for all of them. */
    Optional<Rows> rows(NetworkPlan plan, List<Sample> samples) {
        long start = System.nanoTime();
        try (Model model = models.open(plan.request(), Part.upTo(plan.layers()))) {
            FeatureLayout layout = FeatureLayout.of(model, Optional.of(Pooling.AVERAGE));
            ImagePreparation preparation = request.images().preparation(model);
            double perImage = secondsPerImage(
                    new FeatureExtractor(model, layout, preparation, Optional.empty(), BATCH, threads), samples);
            List<FeatureRow> rows = new ArrayList<>(samples.size());
            new FeatureExtractor(model, layout, preparation, cache, BATCH, threads)
                    .extract(inputs(samples), (found, progress) -> {
                        rows.addAll(found);
                        listener.read(plan.request().name(), progress.inputs(), samples.size());
                        return deadline.secondsLeft() > 0;
                    });
            return rows.size() < samples.size()
                    ? Optional.empty()
                    : Optional.of(new Rows(rows, (System.nanoTime() - start) / NANOS, perImage));
        }
    }

    /** The time of an image after the first batch, which has to wait for the network. */
    private double secondsPerImage(FeatureExtractor extractor, List<Sample> samples) {
        List<Sample> some = samples.subList(0, Math.min(TIMED, samples.size()));
        Map<Long, Long> times = new HashMap<>();
        long start = System.nanoTime();
        extractor.extract(inputs(some), (found, progress) -> {
            times.put(progress.inputs(), System.nanoTime());
            return true;
        });
        long first = times.keySet().stream().min(Long::compare).orElseThrow();
        long last = times.keySet().stream().max(Long::compare).orElseThrow();
        return first == last
                ? (times.get(last) - start) / NANOS / last
                : (times.get(last) - times.get(first)) / NANOS / (last - first);
    }

    private static Iterator<ImageInput> inputs(List<Sample> samples) {
        return samples.stream().map(Sample::image).iterator();
    }
}
