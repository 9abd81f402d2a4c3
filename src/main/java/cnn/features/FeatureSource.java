package cnn.features;

import cnn.cache.ContentHashes;
import cnn.cache.FeatureCache;
import cnn.classify.ImagePipeline;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.files.Sha256;
import cnn.image.ImageException;
import cnn.model.Model;
import cnn.network.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds an image's features in the cache, or else prepares the image for the network. Used by many threads at once. */
final class FeatureSource {
    private final ImagePreparation preparation;
    private final Optional<FeatureCache> cache;
    private final Sha256 recipe;
    private final int floats;

    /**
     * What was found for an input: features, or an image to compute them from.
     *
     * @param nhwc the prepared image, to be given back
     * @param key of the features in the cache, if there is one
     */
    record Found(Optional<float[]> features, Optional<float[]> nhwc, Optional<Sha256> key) {}

    FeatureSource(Model model, FeatureLayout layout, ImagePreparation preparation, Optional<FeatureCache> cache) {
        this.preparation = preparation;
        this.cache = cache;
        this.recipe = recipe(model, layout, preparation);
        this.floats = layout.floats();
    }

    /** A name for everything that decides features except the image: same name, same features, bit by bit. */
    static Sha256 recipe(Model model, FeatureLayout layout, ImagePreparation preparation) {
        String layers = layout.layers().stream()
                .map(Node::name)
                .map(layer -> model.network().upTo(layer).nodes().toString())
                .collect(Collectors.joining("\n"));
        String text = "features 1\n%s\n%s\npooling %s\n%s"
                .formatted(model.identity(), layers, layout.pooling(), preparation.recipe());
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ImageException if there is no image that could be prepared */
    Found find(ImageInput input, ImagePipeline.Arrays arrays) throws ImageException {
        if (cache.isEmpty() || input.path().isEmpty()) {
            return prepared(input.encoded(), Optional.empty(), arrays);
        }
        ContentHashes hashes = cache.get().contentHashes();
        Path path = input.path().get();
        Optional<Found> known = hashes.recall(path).flatMap(this::cachedContent);
        if (known.isPresent()) {
            return known.get();
        }
        // What is decoded is what was hashed, so that no entry can be of other bytes than its key says.
        ContentHashes.Content content = hashes.read(path, file -> input.encoded());
        Optional<Found> moved = cachedContent(content.hash());
        return moved.isPresent() ? moved.get() : prepared(content.bytes(), Optional.of(key(content.hash())), arrays);
    }

    /** The features under that key, if they have been computed meanwhile. */
    Optional<float[]> cached(Sha256 key) {
        return cache.flatMap(open -> open.get(key, floats));
    }

    /** Keeps what was computed. */
    void keep(Optional<Sha256> key, float[] features) {
        key.ifPresent(name -> cache.ifPresent(open -> open.put(name, features)));
    }

    /** Takes notice of what other processes have computed meanwhile. */
    void refresh() {
        cache.ifPresent(FeatureCache::refresh);
    }

    private Optional<Found> cachedContent(Sha256 content) {
        Sha256 key = key(content);
        return cached(key).map(features -> new Found(Optional.of(features), Optional.empty(), Optional.of(key)));
    }

    private Found prepared(byte[] encoded, Optional<Sha256> key, ImagePipeline.Arrays arrays) throws ImageException {
        return new Found(Optional.empty(), Optional.of(preparation.prepare(encoded, arrays.take())), key);
    }

    private Sha256 key(Sha256 content) {
        return Sha256.of(recipe, content);
    }
}
