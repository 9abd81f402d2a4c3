package cnn.features;

import cnn.classify.ImagePipeline.Result;
import cnn.data.ImageInput;
import cnn.features.FeatureSource.Found;
import cnn.files.Sha256;
import cnn.model.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Inputs in a row, until those whose features are not known make a batch for the network. Used by one thread.
 *
 * <p>An image that occurs twice is computed once, so that all rows of one content are the same, cold or from the cache.
 * The network always runs on a whole batch, filled up with what is in the buffer where images are lacking: oneDNN's
 * Winograd convolutions give other last bits for other numbers of images, and after a kill other images are lacking.
 */
final class FeatureBatch {
    private static final int MOST_ENTRIES = 1024;
    private static final int MOST_FLOATS = 1 << 22;

    private final Model model;
    private final FeatureLayout layout;
    private final FeatureSource source;
    private final int batchSize;
    private final int mostEntries;
    private final Consumer<float[]> giveBack;
    private final List<Result<ImageInput, Found>> entries = new ArrayList<>();
    private Optional<FloatBuffer> buffer = Optional.empty();
    private int unknown;
    private long computed;

    /** @param giveBack takes the arrays of images that are done with */
    FeatureBatch(Model model, FeatureLayout layout, FeatureSource source, int batchSize, Consumer<float[]> giveBack) {
        this.model = model;
        this.layout = layout;
        this.source = source;
        this.batchSize = batchSize;
        this.giveBack = giveBack;
        int inMemory = MOST_FLOATS / layout.floats();
        this.mostEntries = Math.max(batchSize, Math.min(MOST_ENTRIES, inMemory));
    }

    void add(Result<ImageInput, Found> found) {
        entries.add(found);
        unknown += found.made().flatMap(Found::nhwc).isPresent() ? 1 : 0;
    }

    boolean isFull() {
        return unknown == batchSize || entries.size() >= mostEntries;
    }

    /** The rows of all inputs since the last time, in their order. */
    List<FeatureRow> complete() {
        Map<Sha256, float[]> byKey = new HashMap<>();
        List<Found> images = images(byKey);
        List<float[]> features = compute(images);
        for (int i = 0; i < images.size(); i++) {
            Optional<Sha256> key = images.get(i).key();
            source.keep(key, features.get(i));
            if (key.isPresent()) {
                byKey.put(key.get(), features.get(i));
            }
        }
        int next = 0;
        List<FeatureRow> rows = new ArrayList<>(entries.size());
        for (Result<ImageInput, Found> entry : entries) {
            if (entry.failure().isPresent()) {
                rows.add(FeatureRow.failed(entry.input(), entry.failure().get()));
                continue;
            }
            Found found = entry.made().orElseThrow();
            if (found.features().isPresent()) {
                rows.add(FeatureRow.of(entry.input(), found.features().get()));
            } else if (found.key().isPresent()) {
                rows.add(FeatureRow.of(entry.input(), byKey.get(found.key().get())));
            } else {
                rows.add(FeatureRow.of(entry.input(), features.get(next++)));
            }
            found.nhwc().ifPresent(giveBack);
        }
        entries.clear();
        unknown = 0;
        return rows;
    }

    /** How many images the network has computed so far. */
    long computed() {
        return computed;
    }

    /** The images that have to be computed; what has got into the cache since it was looked for goes to {@code byKey}. */
    private List<Found> images(Map<Sha256, float[]> byKey) {
        if (unknown > 0) {
            source.refresh();
        }
        List<Found> images = new ArrayList<>();
        Map<Sha256, Found> first = new HashMap<>();
        for (Result<ImageInput, Found> result : entries) {
            Optional<Found> made = result.made().filter(found -> found.nhwc().isPresent());
            if (made.isEmpty()) {
                continue;
            }
            Found entry = made.get();
            if (entry.key().isEmpty()) {
                images.add(entry);
                continue;
            }
            Sha256 key = entry.key().get();
            if (first.putIfAbsent(key, entry) == null) {
                source.cached(key).ifPresentOrElse(found -> byKey.put(key, found), () -> images.add(entry));
            }
        }
        return images;
    }

    private List<float[]> compute(List<Found> images) {
        List<float[]> features = new ArrayList<>(images.size());
        if (images.isEmpty()) {
            return features;
        }
        FloatBuffer nhwc = buffer();
        images.forEach(image -> nhwc.put(image.nhwc().orElseThrow()));
        List<float[]> outputs = model.pass().run(nhwc.clear(), batchSize);
        for (int i = 0; i < images.size(); i++) {
            features.add(layout.features(outputs, i));
        }
        computed += images.size();
        return features;
    }

    private FloatBuffer buffer() {
        if (buffer.isEmpty()) {
            long bytes = batchSize * Float.BYTES * model.input().elements();
            buffer = Optional.of(ByteBuffer.allocateDirect(Math.toIntExact(bytes))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer());
        }
        return buffer.get().clear();
    }
}
