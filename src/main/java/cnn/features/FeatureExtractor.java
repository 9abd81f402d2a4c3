package cnn.features;

import cnn.Versions;
import cnn.cache.FeatureCache;
import cnn.classify.ImagePipeline;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.model.Model;
import cnn.network.Node;
import cnn.network.Pooling;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives the features of images, from the cache where they are in it, and puts those into it that are computed.
 *
 * @param model opened for the layers of the layout
 * @param layout how the layers' outputs become features
 * @param batchSize images per forward pass
 * @param threads that read and decode while the network works
 */
public record FeatureExtractor(
        Model model,
        FeatureLayout layout,
        ImagePreparation preparation,
        Optional<FeatureCache> cache,
        int batchSize,
        int threads) {
    private static final int LEAST_AHEAD = 16;

    /**
     * How far an extraction is.
     *
     * @param inputs that have been answered
     * @param computed how many images the network has seen for them
     * @param failed of the inputs, those that have no features
     */
    public record Progress(long inputs, long computed, long failed) {

        /** Inputs whose features were there already. */
        public long cached() {
            return inputs - computed - failed;
        }

        private Progress plus(List<FeatureRow> rows, long nowComputed) {
            long moreFailed =
                    rows.stream().filter(row -> row.failure().isPresent()).count();
            return new Progress(inputs + rows.size(), nowComputed, failed + moreFailed);
        }
    }

    /** Hears of features in the order of the inputs. */
    @FunctionalInterface
    public interface Listener {

        /**
         * The next rows.
         *
         * @return whether to go on
         */
        boolean extracted(List<FeatureRow> rows, Progress progress);
    }

    /** Whatever decides what the features are, by name: equal settings and inputs, equal features. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", Versions.ofThisBuild().cnn());
        settings.put("model", model.name());
        settings.put(
                "features", FeatureSource.recipe(model, layout, preparation).toString());
        settings.put("batch size", String.valueOf(batchSize));
        return settings;
    }

    /** What the features are of, by name, for whoever reads them. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", Versions.ofThisBuild().cnn());
        facts.put("model", model.name());
        facts.put("weights", model.identity());
        facts.put("preprocessing", preparation.recipe());
        facts.put("layers", layout.layers().stream().map(Node::name).collect(Collectors.joining(" ")));
        facts.put("pooling", layout.pooling().map(Pooling::name).orElse("none").toLowerCase(Locale.ROOT));
        facts.put("features", FeatureSource.recipe(model, layout, preparation).toString());
        return facts;
    }

    /**
     * Gives exactly one row for each input, in their order. What has been computed is in the cache before its row is given.
     *
     * @return how it came out
     * @throws cnn.UserError if the weights turn out to be damaged, or the cache cannot be written
     */
    public Progress extract(Iterator<ImageInput> inputs, Listener listener) {
        FeatureSource source = new FeatureSource(model, layout, preparation, cache);
        int ahead = Math.max(LEAST_AHEAD, 2 * batchSize);
        Progress progress = new Progress(0, 0, 0);
        try (ImagePipeline<ImageInput, FeatureSource.Found> found =
                new ImagePipeline<>(inputs, preparation.floats(), source::find, ahead, threads)) {
            FeatureBatch batch = new FeatureBatch(model, layout, source, batchSize, found::giveBack);
            boolean goOn = true;
            while (goOn && found.hasNext()) {
                batch.add(found.next());
                if (batch.isFull() || !found.hasNext()) {
                    List<FeatureRow> rows = batch.complete();
                    progress = progress.plus(rows, batch.computed());
                    goOn = listener.extracted(rows, progress);
                }
            }
        }
        return progress;
    }
}
