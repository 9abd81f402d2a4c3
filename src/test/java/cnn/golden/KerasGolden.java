package cnn.golden;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.zoo.Architecture;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A golden file of Keras Applications, see ../shared/keras/README.md: the numbers that real Keras computed, and the made-up
 * weights and the image that it was given.
 */
final class KerasGolden {
    private final Map<String, Object> json;
    private final Map<String, Stored> weights = new HashMap<>();

    /** The last layer of each Sequential, whose output is the Sequential's. */
    private final Map<String, String> ends = new HashMap<>();

    /** How a layer's weight is made: the layer's name in the hash, and the constants, of which all but Normalization's have one. */
    private record Stored(String layer, String variable, double[] constants) {
        double factor() {
            return constants[0];
        }
    }

    /** What the file says of one layer's output. */
    record Layer(String name, String type, List<?> shape, double[] figures, double[] samples) {}

    private KerasGolden(Map<String, Object> json, Map<String, Object> order) {
        this.json = json;
        list(order, "layers").forEach(row -> remember((List<?>) row));
    }

    /** @param order the folder with the order of the weights of each network */
    static KerasGolden read(Path file, Path order) throws IOException {
        Map<String, Object> json = JSON.std.mapFrom(file.toFile());
        Path ordered = order.resolve(json.get("model") + ".json");
        return new KerasGolden(json, JSON.std.mapFrom(ordered.toFile()));
    }

    private void remember(List<?> row) {
        if (!(row.get(3) instanceof List<?> variables)) {
            return;
        }
        if (!variables.isEmpty() && ((List<?>) variables.get(0)).get(1) instanceof String) {
            variables.forEach(inner -> remember((List<?>) inner)); // of a Sequential
            ends.put((String) row.get(0), (String) ((List<?>) variables.get(variables.size() - 1)).get(0));
            return;
        }
        if (!includesTop() && ((String) row.get(0)).endsWith("_head_layernorm")) {
            Map<String, String> hash = Map.of("hash", "layer_normalization_1");
            remember(List.of("layer_normalization", row.get(1), row.get(2), variables, hash));
            return;
        }
        Map<?, ?> extra = row.size() > 4 ? (Map<?, ?>) row.get(4) : Map.of();
        String layer = (String) row.get(0);
        String hashed = extra.get("hash") instanceof String name ? name : layer;
        for (Object entry : variables) {
            List<?> variable = (List<?>) entry;
            String name = (String) (variable.size() > 3 ? variable.get(3) : variable.get(0));
            weights.put(layer + "/" + name, new Stored(hashed, name, numbers(variable.get(2))));
        }
    }

    String model() {
        return (String) json.get("model");
    }

    boolean includesTop() {
        return Boolean.TRUE.equals(json.get("include_top"));
    }

    /** Our network, for the file's size of input. */
    Network network() {
        Map<?, ?> input = (Map<?, ?>) json.get("input");
        int height = ((Number) input.get("height")).intValue();
        int width = ((Number) input.get("width")).intValue();
        Options options = includesTop()
                ? Options.withTop(height, width)
                : Options.withoutTop(height, width, Optional.of(cnn.network.Pooling.AVERAGE));
        List<Architecture> forms =
                Zoo.named(model().replace("MobileNet_0.5", "MobileNet_0.50")).forms();
        boolean plain = Boolean.FALSE.equals(json.get("second_rescaling"));
        return forms.get(plain ? 1 : 0).build(options);
    }

    /** The image, scaled for the network. */
    float[] image(Shape input) {
        Map<?, ?> told = (Map<?, ?>) json.get("input");
        float[] rgb = Hash.fill("input", "image", Math.toIntExact(input.elements()), 1, 0, 255);
        return switch ((String) told.get("preprocess")) {
            case "model" -> rgb;
            case "torch" -> scaled(cnn.zoo.Preprocessing.TORCH, rgb);
            case "tf" -> scaled(cnn.zoo.Preprocessing.TF, rgb);
            case "caffe" -> scaled(cnn.zoo.Preprocessing.CAFFE, rgb);
            default -> throw new IllegalArgumentException("" + told);
        };
    }

    private static float[] scaled(cnn.zoo.Preprocessing preprocessing, float[] rgb) {
        preprocessing.scale(rgb, 0, rgb.length);
        return rgb;
    }

    List<Layer> layers() {
        return list(json, "layers").stream().map(row -> layer((List<?>) row)).toList();
    }

    private Layer layer(List<?> row) {
        double[] figures = row.subList(3, 8).stream()
                .mapToDouble(number -> ((Number) number).doubleValue())
                .toArray();
        String name = (String) row.get(0);
        return new Layer(
                ends.getOrDefault(name, name), (String) row.get(1), (List<?>) row.get(2), figures, numbers(row.get(8)));
    }

    double[] probabilities() {
        return numbers(json.get("probabilities"));
    }

    double[] features() {
        return numbers(json.get("features_avg"));
    }

    Weights weights() {
        return (node, weight) -> FloatBuffer.wrap(values(node, weight));
    }

    private float[] values(Node node, WeightSpec weight) {
        Stored stored = weights.get(node.name() + "/" + weight.name());
        if (stored == null) {
            throw new IllegalArgumentException("%s has no %s/%s".formatted(model(), node.name(), weight.name()));
        }
        int count = Math.toIntExact(weight.shape().elements());
        String name = stored.variable();
        return switch (name) {
            case "kernel", "depthwise_kernel", "pointwise_kernel" ->
                Hash.fill(
                        stored.layer(),
                        name,
                        count,
                        2,
                        -1,
                        Math.sqrt(6.0 / fanIn(name, weight.shape())) * stored.factor());
            case "gamma" -> Hash.fill(stored.layer(), name, count, 1, 0.5, stored.factor());
            case "moving_variance" -> Hash.fill(stored.layer(), name, count, 1, 0.5, 1);
            case "bias", "beta", "moving_mean" -> Hash.fill(stored.layer(), name, count, 2, -1, 0.1);
            case "mean", "variance", "count" -> floats(stored.constants());
            default -> throw new IllegalArgumentException("no rule for " + name);
        };
    }

    private static long fanIn(String weight, Shape shape) {
        List<Integer> sizes = shape.sizes();
        int axes = weight.equals("depthwise_kernel") ? 2 : sizes.size() - 1;
        return sizes.stream().limit(axes).mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Of a list of numbers, or of one. */
    private static double[] numbers(Object value) {
        if (value instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        return value == null
                ? new double[0]
                : Arrays.stream(((List<?>) value).toArray())
                        .mapToDouble(number -> ((Number) number).doubleValue())
                        .toArray();
    }

    private static List<?> list(Map<String, Object> map, String name) {
        return (List<?>) map.get(name);
    }
}
