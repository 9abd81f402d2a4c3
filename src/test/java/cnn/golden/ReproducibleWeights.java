package cnn.golden;

import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The made-up weights of the golden files, computed from the names of layers and weights.
 *
 * <p>They equal those that ../shared/golden/make_keras_h5.py writes. Each call computes its values anew, about 10 ns each
 * divided by the cores; nothing is kept.
 */
public final class ReproducibleWeights implements Weights {
    private final String model;

    /**
     * The weights of one network.
     *
     * @param model vgg16, mobilenet, resnet50 (with the layer names of 2015 or of 2019) or inception_v3 (with the names
     *     of tf.keras, which number from 0)
     */
    public ReproducibleWeights(String model) {
        this.model = model;
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        return FloatBuffer.wrap(values(CanonicalNames.of(model, node.name()), weight.name(), weight.shape()));
    }

    /** The values of a weight of the layer with that canonical name, row-major in {@code shape}. */
    float[] values(String layer, String weight, Shape shape) {
        int count = Math.toIntExact(shape.elements());
        double factor = factor(layer, weight);
        switch (weight) {
            case "kernel":
            case "depthwise_kernel":
                double width = Math.sqrt(6.0 / fanIn(weight, shape.sizes())) * factor;
                return Hash.fill(layer, weight, count, 2, -1, width);
            case "gamma":
            case "moving_variance":
                return Hash.fill(layer, weight, count, 1, 0.5, factor);
            case "bias":
            case "beta":
            case "moving_mean":
                return Hash.fill(layer, weight, count, 2, -1, 0.1);
            default:
                throw new IllegalArgumentException("no rule for " + weight);
        }
    }

    /** What keeps the numbers in the network well scaled; 1 nearly everywhere. */
    private double factor(String layer, String weight) {
        return switch (model + " " + layer + "/" + weight) {
            case "vgg16 block1_conv1/kernel", "resnet50 conv1/kernel" -> 1.0 / 64;
            case "vgg16 predictions/kernel", "inception_v3 predictions/kernel" -> 1.0 / 2;
            case "mobilenet conv_preds/kernel" -> 2.0;
            case "resnet50 fc1000/kernel" -> 1.0 / 8;
            default -> lastOfResidualBranch(layer) && weight.equals("gamma") ? 1.0 / 4 : 1.0;
        };
    }

    private boolean lastOfResidualBranch(String layer) {
        return model.equals("resnet50") && layer.startsWith("bn") && layer.endsWith("_branch2c");
    }

    private static long fanIn(String weight, List<Integer> sizes) {
        int axes = weight.equals("depthwise_kernel") ? 2 : sizes.size() - 1;
        return sizes.stream().limit(axes).mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }
}
