package cnn.selftest;

import cnn.UserError;
import cnn.json.JsonObject;
import cnn.network.Arguments;
import cnn.network.ForwardPass;
import cnn.network.KerasType;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Origin;
import cnn.network.Shape;
import cnn.program.Backend;
import cnn.program.FloatStep;
import cnn.program.Quantization;
import cnn.program.Range;
import cnn.program.Ranges;
import cnn.program.UnsupportedLayerException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A small network, and what it gives for some images.
 *
 * @param check the kind of layer that it is about, or how several are computed together
 * @param name from which images and weights follow
 * @param ranges of the values that are whole numbers of 8 bits; empty: the network is computed in float32
 * @param expected the output of all images, one behind the other
 */
record LayerCase(String check, String name, Network network, int images, Map<String, Range> ranges, double[] expected) {
    private static final String INPUT = "input";
    /** Relative to {@link #scale}; whole numbers are exact. */
    private static final double TOLERANCE = 1e-5;

    static List<LayerCase> all() {
        return Golden.objects("layers.json").stream().map(LayerCase::of).toList();
    }

    private static LayerCase of(JsonObject text) {
        NetworkBuilder builder = Network.builder(text.text("name"), INPUT, new Shape(integers(text.list(INPUT))));
        String last = INPUT;
        for (JsonObject layer : text.objects("layers")) {
            String[] inputs = layer.texts("inputs").toArray(String[]::new);
            last = builder.add(layer.text("name"), layer(layer, builder.shape(inputs[0])), inputs);
        }
        Map<String, Range> ranges = new TreeMap<>();
        text.optionalObject("ranges").ifPresent(all -> all.copy().forEach((value, ends) -> {
            List<Double> range = all.numbers(value);
            ranges.put(
                    value,
                    new Range(range.get(0).floatValue(), range.get(1).floatValue(), List.of(), List.of(), List.of()));
        }));
        return new LayerCase(
                text.text("check"),
                text.text("name"),
                builder.build(last),
                text.integer("images"),
                ranges,
                Golden.numbers(text, "expected"));
    }

    private static Layer layer(JsonObject text, Shape input) {
        return KerasType.of(text.text("kind"))
                .orElseThrow()
                .read(new Arguments(text.text("name"), text.map("arguments"), Origin.UNKNOWN), input);
    }

    private static List<Integer> integers(List<?> sizes) {
        return sizes.stream().map(size -> JsonObject.asInt(INPUT, size)).toList();
    }

    boolean inWholeNumbers() {
        return !ranges.isEmpty();
    }

    Check check(Backend floats) {
        Check.Part part = inWholeNumbers() ? Check.Part.INT8 : Check.Part.LAYERS;
        List<String> outputs = List.of(network.output().name());
        try {
            Backend backend =
                    inWholeNumbers() ? floats.quantized(new Quantization(new Ranges(ranges), Set.of())) : floats;
            List<FloatStep> inFloat = backend.inFloat(network, outputs);
            if (!inFloat.isEmpty()) {
                return Check.failed(
                        part,
                        check,
                        "%s is not computed in int8".formatted(inFloat.get(0).layer()));
            }
            return compared(part, backend, outputs);
        } catch (UserError | UnsupportedLayerException e) {
            return Check.failed(part, check, "%s: %s".formatted(name, e.getMessage()));
        }
    }

    private Check compared(Check.Part part, Backend backend, List<String> outputs) {
        boolean signed = inWholeNumbers() && ranges.get(INPUT).low() < 0;
        ReproducibleNumbers numbers = new ReproducibleNumbers(name, inWholeNumbers(), signed);
        Shape shape = network.input().outputShape();
        FloatBuffer nhwc = FloatBuffer.allocate(Math.toIntExact(images * shape.elements()));
        for (int image = 0; image < images; image++) {
            nhwc.put(numbers.image(image, shape));
        }
        try (ForwardPass pass = backend.compile(network, numbers, outputs, images)) {
            float[] found = pass.run(nhwc.flip(), images).get(0);
            return inWholeNumbers()
                    ? Check.of(part, check, found, expected, 1, 0)
                    : Check.of(part, check, found, expected, scale(), TOLERANCE);
        }
    }

    /** The largest number that comes out, or 1. */
    private double scale() {
        return Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(1));
    }
}
