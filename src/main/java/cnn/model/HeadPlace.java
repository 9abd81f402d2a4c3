package cnn.model;

import cnn.UserError;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.List;

/** Where the part of a network begins that turns features into classes. */
public final class HeadPlace {
    private HeadPlace() {}

    /**
     * The layer that a new head is put on: the end of a network without its top, else what goes into the last dense layer; or
     * the last feature map, where that is no map and the head wants one.
     */
    public static String of(Head head, Model model) {
        Network network = model.network();
        Node end = network.output();
        if (model.outputs().contains(end.name())
                || (ofKind(network.nodes(), Dense.class).isEmpty() && isWide(end))) {
            return end.name();
        }
        String below = belowLastDense(network);
        return head.wantsMap() && !network.node(below).outputShape().isMap() ? lastMap(network) : below;
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
        List<Node> maps = network.nodes().stream().filter(HeadPlace::isWide).toList();
        if (maps.size() < 2) {
            throw UserError.usage(network.name() + " has no feature map; name a layer with --layer");
        }
        return maps.get(maps.size() - 1).name();
    }

    private static boolean isWide(Node node) {
        Shape shape = node.outputShape();
        return shape.isMap() && shape.height() * shape.width() > 1;
    }

    private static List<Node> ofKind(List<Node> nodes, Class<? extends Layer> kind) {
        return nodes.stream().filter(node -> kind.isInstance(node.layer())).toList();
    }
}
