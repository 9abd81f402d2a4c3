package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Keras's shapes as oneDNN's sizes, for one number of images. */
final class Shaping {
    private final PlanBuilder plan;
    private final NativeScope scope;
    private final long images;

    Shaping(PlanBuilder plan, int images) {
        this.plan = plan;
        this.scope = plan.scope();
        this.images = images;
    }

    /** Images one behind the other, channels innermost. */
    Layout plain(int type, Shape shape) {
        return Layout.plain(scope, type, sizes(shape));
    }

    /** Images, channels, and whatever else there is. */
    long[] sizes(Shape shape) {
        List<Long> sizes = new ArrayList<>(List.of(images, (long) shape.channels()));
        shape.sizes().subList(0, shape.sizes().size() - 1).forEach(size -> sizes.add((long) size));
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** The sizes of a map; a vector is a map of one cell. */
    long[] mapSizes(Shape shape) {
        return shape.isMap()
                ? new long[] {images, shape.channels(), shape.height(), shape.width()}
                : new long[] {images, shape.channels(), 1, 1};
    }

    /** A vector as a map of one cell; a map as it is. */
    Tensor asMap(Tensor tensor) {
        long[] sizes = tensor.layout().sizes();
        return sizes.length == 4
                ? tensor
                : tensor.as(Layout.plain(scope, tensor.layout().type(), sizes[0], sizes[1], 1, 1));
    }

    /** What a map of one cell is as a vector, if the shape is a vector; else the tensor as it is. */
    Tensor ofShape(Tensor map, Shape shape) {
        if (shape.isMap()) {
            return map;
        }
        Layout layout = Layout.plain(scope, dnnl_f32, map.layout().sizes());
        return plan.in(layout, map).as(plain(dnnl_f32, shape));
    }
}
