package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.WeightSpec;
import java.util.List;

/** How Keras lays out a weight, in the sizes by which oneDNN knows it: (group,) out, in (, height, width). */
final class KerasLayout {

    private KerasLayout() {}

    static Layout of(NativeScope scope, WeightSpec weight) {
        return of(scope, dnnl_f32, weight);
    }

    static Layout of(NativeScope scope, int type, WeightSpec weight) {
        List<Integer> keras = weight.shape().sizes();
        long[] sizes = sizes(weight);
        return switch (weight.role()) {
            case KERNEL -> {
                long width = keras.get(1);
                long in = keras.get(2);
                long out = keras.get(3);
                yield weight.groups() == 1
                        ? Layout.strided(scope, type, sizes, 1, out, width * in * out, in * out)
                        : Layout.strided(scope, type, sizes, out / weight.groups(), 1, out, width * in * out, in * out);
            }
            case TRANSPOSED_KERNEL -> {
                long width = keras.get(1);
                long out = keras.get(2);
                long in = keras.get(3);
                yield Layout.strided(scope, type, sizes, in, 1, width * out * in, out * in);
            }
            case POINT_KERNEL -> {
                long all = weight.shape().elements();
                yield Layout.strided(scope, type, sizes, 1, keras.get(1), all, all);
            }
            case SLOPE -> Layout.plain(scope, type, sizes);
            case DEPTHWISE_KERNEL -> {
                long width = keras.get(1);
                long multiplier = keras.get(3);
                long out = keras.get(2) * multiplier;
                yield Layout.strided(scope, type, sizes, multiplier, 1, out, width * out, out);
            }
            case DENSE_KERNEL -> Layout.strided(scope, type, sizes, 1, keras.get(1));
            case SHIFT, SCALE -> Layout.strided(scope, type, sizes, 1);
        };
    }

    static long[] sizes(WeightSpec weight) {
        List<Integer> keras = weight.shape().sizes();
        return switch (weight.role()) {
            case KERNEL -> {
                long groups = weight.groups();
                yield groups == 1
                        ? new long[] {keras.get(3), keras.get(2), keras.get(0), keras.get(1)}
                        : new long[] {groups, keras.get(3) / groups, keras.get(2), keras.get(0), keras.get(1)};
            }
            case TRANSPOSED_KERNEL -> new long[] {keras.get(2), keras.get(3), keras.get(0), keras.get(1)};
            case POINT_KERNEL -> new long[] {keras.get(1), keras.get(0), 1, 1};
            case SLOPE -> Shaping.sizes(1, weight.shape());
            case DEPTHWISE_KERNEL -> new long[] {keras.get(2), keras.get(3), 1, keras.get(0), keras.get(1)};
            case DENSE_KERNEL -> new long[] {keras.get(1), keras.get(0)};
            case SHIFT, SCALE -> new long[] {keras.get(0)};
        };
    }
}
