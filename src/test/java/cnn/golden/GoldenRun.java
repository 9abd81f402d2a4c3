package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.golden.GoldenFile.GoldenLayer;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.ForwardPass;
import cnn.network.ForwardPasses;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One golden file, the layers of it that are to be compared, and the network that computes them. */
final class GoldenRun {
    private final GoldenFile golden;
    private final Network network;
    private final List<GoldenLayer> layers;

    GoldenRun(GoldenCase golden, Predicate<Layer> compared) throws IOException {
        this.golden = golden.read();
        network = golden.network(this.golden);
        layers = this.golden.layers().stream()
                .filter(layer -> compared.test(node(layer).layer()))
                .toList();
    }

    /** The layers to be compared besides features and probabilities. */
    List<GoldenLayer> layers() {
        return layers;
    }

    /**
     * Computes the network and asserts that all layers, the pooled features and the probabilities are within tolerance.
     *
     * @param images the batch; the golden image is the last, the others are 0
     */
    void check(ForwardPasses passes, int images) {
        List<String> outputs = outputs();
        GoldenComparison comparison = new GoldenComparison();
        ReproducibleWeights weights = new ReproducibleWeights(golden.model());
        try (ForwardPass pass = passes.open(network, weights, outputs)) {
            assertThat(pass.outputs()).extracting(Node::name).isEqualTo(outputs);
            List<float[]> values = pass.run(batch(images), images);
            assertThat(values).hasSameSizeAs(outputs);
            for (GoldenLayer layer : layers) {
                Node node = node(layer);
                assertThat(withoutOnes(node.outputShape().sizes()))
                        .as("shape of " + layer.name())
                        .isEqualTo(withoutOnes(layer.shape()));
                comparison.layer(layer, isSoftmax(node), last(values.get(outputs.indexOf(node.name())), node, images));
            }
            Node features = network.node(featureLayer());
            comparison.features(golden, last(values.get(outputs.indexOf(features.name())), features, images));
            if (golden.probabilities().length > 0) {
                Node top = network.output();
                float[] probabilities = last(values.get(outputs.indexOf(top.name())), top, images);
                comparison.probabilities(golden.probabilities(), probabilities);
            }
        }
        assertThat(comparison.failures()).isEmpty();
    }

    private List<String> outputs() {
        Set<String> outputs = new LinkedHashSet<>();
        layers.forEach(layer -> outputs.add(node(layer).name()));
        outputs.add(featureLayer());
        outputs.add(network.output().name());
        return new ArrayList<>(outputs);
    }

    private String featureLayer() {
        return golden.layers().stream()
                .filter(layer -> layer.name().equals(golden.featureLayer()))
                .map(layer -> node(layer).name())
                .findFirst()
                .orElseThrow();
    }

    private Node node(GoldenLayer layer) {
        return GoldenCase.node(network, layer);
    }

    private FloatBuffer batch(int images) {
        float[] image = golden.image();
        float[] batch = new float[images * image.length];
        System.arraycopy(image, 0, batch, batch.length - image.length, image.length);
        return FloatBuffer.wrap(batch);
    }

    private static float[] last(float[] values, Node node, int images) {
        int elements = Math.toIntExact(node.outputShape().elements());
        assertThat(values).as("output of " + node.name()).hasSize(images * elements);
        return Arrays.copyOfRange(values, values.length - elements, values.length);
    }

    private static boolean isSoftmax(Node node) {
        Layer layer = node.layer();
        return (layer instanceof Dense dense && dense.activation().equals(ActivationFunction.SOFTMAX))
                || (layer instanceof Activation activation
                        && activation.function().equals(ActivationFunction.SOFTMAX));
    }

    private static List<Integer> withoutOnes(List<Integer> sizes) {
        return sizes.stream().filter(size -> size > 1).toList();
    }
}
