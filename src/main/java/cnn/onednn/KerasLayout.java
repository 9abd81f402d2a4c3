package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.WeightSpec;
import java.util.List;

/** How Keras lays out a weight, in the sizes by which oneDNN knows it: (group,) out, in (, height, width). */
final class KerasLayout {

    private KerasLayout() {}

    static Layout of(NativeScope scope, WeightSpec weight) {
        List<Integer> keras = weight.shape().sizes();
        long[] sizes = sizes(weight);
        return switch (weight.role()) {
            case KERNEL -> {
                long width = keras.get(1);
                long in = keras.get(2);
                long out = keras.get(3);
                yield Layout.strided(scope, dnnl_f32, sizes, 1, out, width * in * out, in * out);
            }
            case DEPTHWISE_KERNEL -> {
                long width = keras.get(1);
                long multiplier = keras.get(3);
                long out = keras.get(2) * multiplier;
                yield Layout.strided(scope, dnnl_f32, sizes, multiplier, 1, out, width * out, out);
            }
            case DENSE_KERNEL -> Layout.strided(scope, dnnl_f32, sizes, 1, keras.get(1));
            case SHIFT, SCALE -> Layout.strided(scope, dnnl_f32, sizes, 1);
        };
    }

    static long[] sizes(WeightSpec weight) {
        List<Integer> keras = weight.shape().sizes();
        return switch (weight.role()) {
            case KERNEL -> new long[] {keras.get(3), keras.get(2), keras.get(0), keras.get(1)};
            case DEPTHWISE_KERNEL -> new long[] {keras.get(2), keras.get(3), 1, keras.get(0), keras.get(1)};
            case DENSE_KERNEL -> new long[] {keras.get(1), keras.get(0)};
            case SHIFT, SCALE -> new long[] {keras.get(0)};
        };
    }
}
