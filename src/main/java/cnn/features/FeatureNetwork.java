package cnn.features;

import cnn.classify.ImagePreparation;
import cnn.files.Sha256;
import cnn.model.LoadedModel;
import cnn.model.SavedModel;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.zoo.Preprocessing;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A network that gives features. Its weights are read when the first image needs them, so that a run which finds all it
 * needs in the cache never does. Used by one thread.
 */
public final class FeatureNetwork implements AutoCloseable {
    private final Network network;
    private final FeatureLayout layout;
    private final Preprocessing preprocessing;
    private final String identity;
    private final Optional<SavedModel> saved;
    private final Supplier<ForwardPass> loading;
    private final LoadedModel.Source files;
    private Optional<ForwardPass> pass = Optional.empty();

    /** A network that is no saved model and needs no file to be closed. */
    public FeatureNetwork(
            Network network,
            FeatureLayout layout,
            Preprocessing preprocessing,
            String identity,
            Supplier<ForwardPass> loading) {
        this(network, layout, preprocessing, identity, Optional.empty(), loading, () -> {});
    }

    /**
     * @param identity of the weights and of the arithmetic: equal text, equal features
     * @param saved how it was trained, if it is a saved model
     * @param loading reads the weights and makes the network ready to give the outputs of the layout's layers
     * @param files what is to be closed with this
     */
    public FeatureNetwork(
            Network network,
            FeatureLayout layout,
            Preprocessing preprocessing,
            String identity,
            Optional<SavedModel> saved,
            Supplier<ForwardPass> loading,
            LoadedModel.Source files) {
        this.network = network;
        this.layout = layout;
        this.preprocessing = preprocessing;
        this.identity = identity;
        this.saved = saved;
        this.loading = loading;
        this.files = files;
    }

    public FeatureLayout layout() {
        return layout;
    }

    /** How the weights want images scaled. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** How the network was trained, if it is a saved model. */
    public Optional<SavedModel> saved() {
        return saved;
    }

    /** The shape of one image: height, width, 3. */
    public Shape input() {
        return network.input().outputShape();
    }

    /** A name for everything that decides features except the image: same name, same features, bit by bit. */
    Sha256 recipe(ImagePreparation preparation) {
        String layers = layout.layers().stream()
                .map(Node::name)
                .map(layer -> network.upTo(layer).nodes().toString())
                .collect(Collectors.joining("\n"));
        String text = "features 1\n%s\n%s\npooling %s\n%s"
                .formatted(identity, layers, layout.pooling(), preparation.recipe());
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The outputs of the layout's layers, see {@link ForwardPass#run}. */
    public List<float[]> run(FloatBuffer nhwc, int images) {
        if (pass.isEmpty()) {
            pass = Optional.of(loading.get());
        }
        return pass.get().run(nhwc, images);
    }

    @Override
    public void close() {
        pass.ifPresent(ForwardPass::close);
        files.close();
    }
}
