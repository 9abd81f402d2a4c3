package cnn.onednn;

import java.util.Arrays;

/** Values with one number for each channel of each image, taken together with a map. */
final class Gates {
    private Gates() {}

    /** Whether a value is such. */
    static boolean is(Tensor tensor) {
        long[] sizes = tensor.layout().sizes();
        return Arrays.stream(sizes).skip(2).allMatch(size -> size == 1);
    }

    /** Image by image, with cells as rows of channels, for which oneDNN always has fast code; all have channels innermost. */
    static void apply(
            PlanBuilder plan,
            int algorithm,
            Tensor source,
            Tensor gates,
            Tensor result,
            PrimitiveAttributes attributes) {
        NativeScope scope = plan.scope();
        long[] sizes = source.layout().sizes();
        long images = sizes[0];
        long cells = Arrays.stream(sizes).reduce(1, (a, b) -> a * b) / images / sizes[1];
        Layout rows = Layout.plain(scope, source.layout().type(), cells, sizes[1]);
        Layout row = Layout.plain(scope, gates.layout().type(), 1, sizes[1]);
        Layout results = rows.as(scope, result.layout().type());
        for (long image = 0; image < images; image++) {
            plan.binary(
                    algorithm,
                    source.as(rows).behind(image * rows.bytes()),
                    gates.as(row).behind(image * row.bytes()),
                    result.as(results).behind(image * results.bytes()),
                    attributes);
        }
    }
}
