package cnn.model;

import cnn.UserError;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import java.util.List;

/** Where the part of a network begins that turns features into classes. */
public final class HeadPlace {
    private HeadPlace() {}

    /** The layer of a base that a new head is put on; of a whole model that somebody saved its last feature map. */
    public static String base(Model model) {
        String end = model.network().output().name();
        return model.outputs().contains(end) ? end : lastMap(model.network());
    }

    /**
     * The layer whose output goes into the last dense layer, or into the last convolution of a network without any; dropout,
     * which does nothing here, is passed over.
     */
    public static String belowLastDense(Network network) {
        List<Node> nodes = network.nodes();
        List<Node> dense =
                ofKind(nodes, Dense.class).isEmpty() ? ofKind(nodes, Conv2D.class) : ofKind(nodes, Dense.class);
        if (dense.isEmpty()) {
            throw UserError.usage(network.name() + " has no dense layer; name a layer with --layer");
        }
        Node below = network.node(dense.get(dense.size() - 1).inputs().get(0));
        while (below.layer() instanceof Dropout) {
            below = network.node(below.inputs().get(0));
        }
        return below.name();
    }

    /** The last feature map before a network of somebody else's turns to classes. */
    private static String lastMap(Network network) {
        List<Node> maps = network.nodes().stream()
                .filter(node -> node.outputShape().isMap())
                .filter(node -> node.outputShape().height() * node.outputShape().width() > 1)
                .toList();
        if (maps.size() < 2) {
            throw UserError.usage(network.name() + " has no feature map; name a layer with --layer");
        }
        return maps.get(maps.size() - 1).name();
    }

    private static List<Node> ofKind(List<Node> nodes, Class<? extends Layer> kind) {
        return nodes.stream().filter(node -> kind.isInstance(node.layer())).toList();
    }
}
