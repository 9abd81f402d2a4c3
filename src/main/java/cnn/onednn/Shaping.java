package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.Shape;
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
        return sizes(images, shape);
    }

    /** For so many images channels, and whatever else there is. */
    static long[] sizes(long images, Shape shape) {
        return channelsSecond(images, shape.sizes());
    }

    /** Places along the axes of a shape, in oneDNN's order. */
    static long[] offsets(List<Integer> places) {
        return channelsSecond(0, places);
    }

    private static long[] channelsSecond(long first, List<Integer> axes) {
        long[] turned = new long[axes.size() + 1];
        turned[0] = first;
        turned[1] = axes.get(axes.size() - 1);
        for (int axis = 0; axis < axes.size() - 1; axis++) {
            turned[axis + 2] = axes.get(axis);
        }
        return turned;
    }

    /** The cells of all images as rows of so many numbers. */
    Layout rows(int type, Shape shape) {
        long rows = images * shape.elements() / shape.channels();
        return Layout.plain(scope, type, rows, shape.channels());
    }

    /** A shape's numbers with the axes in another order, read from where they lie in their own. */
    Layout permuted(int type, Shape shape, List<Integer> axes) {
        int rank = axes.size();
        long[] own = new long[rank];
        long stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            own[axis] = stride;
            stride *= shape.sizes().get(axis);
        }
        long[] sizes = new long[rank + 1];
        long[] strides = new long[rank + 1];
        sizes[0] = images;
        strides[0] = stride;
        for (int i = 0; i < rank; i++) {
            sizes[i + 1] = shape.sizes().get(axes.get(i));
            strides[i + 1] = own[axes.get(i)];
        }
        return Layout.strided(scope, type, sizes, strides);
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
        return ofShape(map, shape, dnnl_f32);
    }

    /** @param type of a vector's numbers */
    Tensor ofShape(Tensor map, Shape shape, int type) {
        if (shape.isMap()) {
            return map;
        }
        Layout layout = Layout.plain(scope, type, map.layout().sizes());
        return plan.in(layout, map).as(plain(type, shape));
    }
}
