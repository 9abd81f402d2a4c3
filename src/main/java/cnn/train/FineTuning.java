package cnn.train;

import cnn.network.Network;
import cnn.network.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * That layers of the base learn too, and how.
 *
 * @param unfreeze which
 * @param epochs after those of the head
 * @param learningRate of the head in these epochs, where it is not measured
 * @param layerDecay what the learning rate is multiplied with from one layer of the base with a kernel to the next below it,
 *     the head's to the topmost (Clark et al. 2020, section 3.2); 1: all learn at one rate
 * @param batchStatistics whether batch norms among these layers normalise with the batch's statistics and move their own, as
 *     in Keras 3's {@code fit}; else they keep them, as the base's others do
 * @param measured whether the learning rate is the best of a few, by what a third of the epochs with each of them comes to on
 *     the validation images
 */
public record FineTuning(
        Unfreezing unfreeze,
        int epochs,
        double learningRate,
        double layerDecay,
        boolean batchStatistics,
        boolean measured) {

    public FineTuning {
        if (!(layerDecay > 0 && layerDecay <= 1)) {
            throw new IllegalArgumentException("a layer decay of " + layerDecay);
        }
    }

    /** With a learning rate that is given. */
    public FineTuning(
            Unfreezing unfreeze, int epochs, double learningRate, double layerDecay, boolean batchStatistics) {
        this(unfreeze, epochs, learningRate, layerDecay, batchStatistics, false);
    }

    /** The factors of the learning rates of unfrozen layers; a batch norm has that of the kernel below it. */
    Map<String, Double> rates(Network network, List<String> unfrozen) {
        Map<String, Double> rates = new HashMap<>();
        List<Node> nodes = network.nodes();
        double rate = layerDecay;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (unfrozen.contains(node.name())) {
                rates.put(node.name(), rate);
                if (node.weights().stream().anyMatch(weight -> weight.role().isKernel())) {
                    rate *= layerDecay;
                }
            }
        }
        return rates;
    }
}
