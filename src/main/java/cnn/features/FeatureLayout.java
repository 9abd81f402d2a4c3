package cnn.features;

import cnn.model.Model;
import cnn.network.Node;
import cnn.network.Pooling;
import cnn.network.Shape;
import java.util.List;
import java.util.Optional;

/**
 * How the outputs of some layers become one image's features.
 *
 * <p>Each map is pooled, if that is asked for. Features of one layer have its shape; those of several are flattened and
 * follow each other in the order of the layers.
 *
 * @param layers at least one
 */
public record FeatureLayout(List<Node> layers, Optional<Pooling> pooling) {

    public FeatureLayout {
        layers = List.copyOf(layers);
    }

    /** The features that a model was opened for. */
    public static FeatureLayout of(Model model, Optional<Pooling> pooling) {
        return new FeatureLayout(
                model.outputs().stream().map(model.network()::node).toList(), pooling);
    }

    /** The shape of one image's features. */
    public Shape shape() {
        if (layers.size() == 1) {
            Shape shape = layers.get(0).outputShape();
            return isPooled(shape) ? Shape.of(shape.channels()) : shape;
        }
        return Shape.of(floats());
    }

    /** How many numbers one image's features are. */
    public int floats() {
        long floats = layers.stream()
                .map(Node::outputShape)
                .mapToLong(shape -> isPooled(shape) ? shape.channels() : shape.elements())
                .reduce(0, Math::addExact);
        return Math.toIntExact(floats);
    }

    /**
     * The features of one image.
     *
     * @param outputs for each layer the values of all images of a batch one behind the other
     * @param image its place in the batch
     */
    public float[] features(List<float[]> outputs, int image) {
        float[] features = new float[floats()];
        int to = 0;
        for (int i = 0; i < layers.size(); i++) {
            Shape shape = layers.get(i).outputShape();
            int elements = Math.toIntExact(shape.elements());
            int from = Math.multiplyExact(image, elements);
            if (isPooled(shape)) {
                pool(outputs.get(i), from, elements, features, to, shape.channels());
                to += shape.channels();
            } else {
                System.arraycopy(outputs.get(i), from, features, to, elements);
                to += elements;
            }
        }
        return features;
    }

    private boolean isPooled(Shape shape) {
        return pooling.isPresent() && shape.isMap();
    }

    /** Sums are kept in double, so that the mean is the nearest float to the true one. */
    private void pool(float[] map, int from, int elements, float[] features, int to, int channels) {
        boolean max = pooling.orElseThrow() == Pooling.MAX;
        for (int channel = 0; channel < channels; channel++) {
            float most = map[from + channel];
            double sum = 0;
            for (int i = from + channel; i < from + elements; i += channels) {
                most = Math.max(most, map[i]);
                sum += map[i];
            }
            features[to + channel] = max ? most : (float) (sum / (elements / channels));
        }
    }
}
