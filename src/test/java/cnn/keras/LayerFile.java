package cnn.keras;

import cnn.network.ChannelsFirst;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Origin;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole model without nested ones as real Keras wrote it: the network by {@link ModelConfig}, the weights of each layer as
 * the file lists them, matched by nothing but their order.
 */
public final class LayerFile implements Weights {
    private final Network network;
    private final Map<String, List<float[]>> weights = new HashMap<>();

    private LayerFile(Network network) {
        this.network = network;
    }

    public static LayerFile read(Path path) {
        try (HdfFile hdf = new HdfFile(path)) {
            String config = (String) hdf.getAttribute("model_config").getData();
            LayerFile file = new LayerFile(ModelConfig.parse(config, Optional.empty(), Optional.empty(), origin(hdf))
                    .network());
            for (Node node : file.network.nodes()) {
                if (!node.weights().isEmpty()) {
                    file.weights.put(node.name(), values(hdf, "model_weights/" + node.name()));
                }
            }
            return file;
        }
    }

    private static Origin origin(HdfFile hdf) {
        String version = (String) hdf.getAttribute("keras_version").getData();
        return Origin.of(
                version, Optional.of((String) hdf.getAttribute("backend").getData()));
    }

    private static List<float[]> values(HdfFile hdf, String group) {
        List<float[]> values = new ArrayList<>();
        Group layer = (Group) hdf.getByPath(group);
        for (String name : (String[]) layer.getAttribute("weight_names").getData()) {
            values.add((float[]) hdf.getDatasetByPath(group + "/" + name).getDataFlat());
        }
        return values;
    }

    public Network network() {
        return network;
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        List<String> names = node.weights().stream().map(WeightSpec::name).toList();
        return FloatBuffer.wrap(weights.get(node.name()).get(names.indexOf(weight.name())));
    }

    /** A picture's numbers as the network's input has them: channels first where it says so. */
    public float[] input(float[] nhwc) {
        Shape shape = network.input().outputShape();
        if (shape.channels() <= 3) {
            return nhwc;
        }
        Shape last = ChannelsFirst.last(shape);
        float[] input = new float[nhwc.length];
        int cells = last.height() * last.width();
        for (int i = 0; i < nhwc.length; i++) {
            input[i % last.channels() * cells + i / last.channels()] = nhwc[i];
        }
        return input;
    }
}
