package cnn.selftest;

import cnn.image.ImageDecoder;
import cnn.onednn.OneDnn;
import cnn.program.Backend;
import cnn.program.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what this machine makes of small pictures and networks with what Pillow, and double precision, make of them. All that
 * takes is in the program.
 */
public final class SelfTest {

    private SelfTest() {}

    /**
     * A check for each kind of picture, of layer and of kernel, in the order of {@link Check.Part}.
     *
     * @throws cnn.UserError if the bundled model cannot be copied out of the program
     */
    public static List<Check> run() {
        return run(new OneDnn(Precision.FP32), OneDnn.supports(Precision.INT8), LayerCase.all());
    }

    /**
     * @param backend that computes in float32
     * @param int8 whether the processor can compute in int8
     */
    static List<Check> run(Backend backend, boolean int8, List<LayerCase> layers) {
        List<Check> checks = new ArrayList<>(pixels());
        layers.stream().filter(layer -> !layer.inWholeNumbers()).forEach(layer -> checks.add(layer.check(backend)));
        checks.addAll(ProbabilityCase.checks(ProbabilityCase.all(), backend));
        if (int8) {
            layers.stream().filter(LayerCase::inWholeNumbers).forEach(layer -> checks.add(layer.check(backend)));
        } else {
            checks.add(Check.skipped(
                    Check.Part.INT8, "int8", "this processor has no int8 arithmetic, and --precision int8 is refused"));
        }
        return together(checks);
    }

    private static List<Check> pixels() {
        ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false);
        return PixelCase.all().stream().map(picture -> picture.check(decoder)).toList();
    }

    private static List<Check> together(List<Check> checks) {
        Map<List<Object>, Check> byName = new LinkedHashMap<>();
        checks.forEach(check -> byName.merge(List.of(check.part(), check.name()), check, Check::and));
        return List.copyOf(byName.values());
    }
}
