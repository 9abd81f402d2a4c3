package cnn.features;

import cnn.cache.ContentHashes;
import cnn.cache.FeatureCache;
import cnn.classify.Failure;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.files.Sha256;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.model.Model;
import cnn.network.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Finds an image's features in the cache, or else prepares the image for the network. Used by many threads at once. */
final class FeatureSource {
    private final ImagePreparation preparation;
    private final Optional<FeatureCache> cache;
    private final Sha256 recipe;
    private final int floats;
    private final ConcurrentLinkedQueue<float[]> spare = new ConcurrentLinkedQueue<>();

    /**
     * What was found for an input: a failure, or features, or an image to compute them from.
     *
     * @param key of the features in the cache, if there is one
     * @param nhwc the prepared image; to be given back to {@link #reuse}
     */
    record Found(
            ImageInput input,
            Optional<Failure> failure,
            Optional<float[]> features,
            Optional<float[]> nhwc,
            Optional<Sha256> key) {

        static Found failed(ImageInput input, String code, String message) {
            Failure failure = new Failure(code, message);
            return new Found(input, Optional.of(failure), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

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

    Found find(ImageInput input) {
        if (input.path().isEmpty()) {
            String problem = input.problem().orElse("no such file");
            return Found.failed(input, ImageException.Code.NOT_FOUND.id(), problem);
        }
        try {
            return find(input, input.path().get());
        } catch (ImageException e) {
            return Found.failed(input, e.code().id(), e.getMessage());
        }
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

    /** Takes an array back that nobody needs any more. */
    void reuse(float[] nhwc) {
        spare.add(nhwc);
    }

    private Found find(ImageInput input, Path path) throws ImageException {
        if (cache.isEmpty()) {
            return prepared(input, ImageDecoder.encoded(path), Optional.empty());
        }
        ContentHashes hashes = cache.get().contentHashes();
        Optional<Found> known = hashes.recall(path).flatMap(content -> cached(input, content));
        if (known.isPresent()) {
            return known.get();
        }
        // What is decoded is what was hashed, so that no entry can be of other bytes than its key says.
        ContentHashes.Content content = hashes.read(path, ImageDecoder::encoded);
        Optional<Found> moved = cached(input, content.hash());
        return moved.isPresent() ? moved.get() : prepared(input, content.bytes(), Optional.of(key(content.hash())));
    }

    private Optional<Found> cached(ImageInput input, Sha256 content) {
        Sha256 key = key(content);
        return cached(key)
                .map(features ->
                        new Found(input, Optional.empty(), Optional.of(features), Optional.empty(), Optional.of(key)));
    }

    private Found prepared(ImageInput input, byte[] encoded, Optional<Sha256> key) throws ImageException {
        float[] taken = spare.poll();
        float[] nhwc = taken == null ? new float[preparation.floats()] : taken;
        preparation.prepare(encoded, nhwc);
        return new Found(input, Optional.empty(), Optional.empty(), Optional.of(nhwc), key);
    }

    private Sha256 key(Sha256 content) {
        return Sha256.of(recipe, content);
    }
}
