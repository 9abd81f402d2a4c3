package cnn.golden;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one golden_MODEL[...].json says about a network.
 *
 * @param model whose made-up weights were used: vgg16, mobilenet, resnet50 or inception_v3
 * @param inputSize height and width of the image in pixels
 * @param preprocess how it is scaled: caffe or tf
 * @param input numbers about the scaled image
 * @param layers every layer after the input, in Keras's order
 * @param featureLayer the last layer below the top, whose pooled output follows
 * @param featuresAverage its mean over height and width, one for each channel
 * @param featuresMax its maximum over height and width
 * @param logits of the 1000 classes, empty without top
 * @param probabilities of the 1000 classes, empty without top
 * @param top5 the most probable classes, empty without top
 */
public record GoldenFile(
        String model,
        int inputSize,
        String preprocess,
        Probes input,
        List<GoldenLayer> layers,
        String featureLayer,
        double[] featuresAverage,
        double[] featuresMax,
        double[] logits,
        double[] probabilities,
        List<ClassProbability> top5) {

    /**
     * A layer and its output.
     *
     * @param keras2019Name what a ResNet of 2015 calls it since 2019; null in other files
     */
    public record GoldenLayer(
            String name, String kerasType, List<Integer> shape, Probes output, String keras2019Name) {}

    /**
     * Numbers about one tensor.
     *
     * @param std of the population
     * @param zeros how many values are exactly 0
     * @param samples the values at the flat indices floor(i * size / 32) in the order height, width, channel
     */
    public record Probes(double mean, double std, double min, double max, long zeros, double[] samples) {}

    /** A class by its index and its probability. */
    public record ClassProbability(int index, double probability) {}

    public static GoldenFile read(Path json) throws IOException {
        Map<String, Object> file = JSON.std.mapFrom(json.toFile());
        Map<String, Object> input = object(file.get("input"));
        return new GoldenFile(
                (String) file.get("model"),
                ((Number) input.get("size")).intValue(),
                (String) input.get("preprocess"),
                probes(object(input.get("preprocessed"))),
                objects(file.get("layers")).stream().map(GoldenFile::layer).toList(),
                (String) file.get("feature_layer"),
                numbers(file.get("features_avg")),
                numbers(file.get("features_max")),
                numbers(file.get("logits")),
                numbers(file.get("probabilities")),
                objects(file.get("top5")).stream()
                        .map(GoldenFile::classProbability)
                        .toList());
    }

    /** The image that the network was given, scaled, in the order height, width, channel. */
    public float[] image() {
        return GoldenImage.scaled(inputSize, preprocess);
    }

    private static GoldenLayer layer(Map<String, Object> layer) {
        List<Integer> shape =
                list(layer.get("shape")).stream().map(Integer.class::cast).toList();
        return new GoldenLayer((String) layer.get("name"), (String) layer.get("class"), shape, probes(layer), (String)
                layer.get("keras2019_name"));
    }

    private static Probes probes(Map<String, Object> probes) {
        return new Probes(
                number(probes.get("mean")),
                number(probes.get("std")),
                number(probes.get("min")),
                number(probes.get("max")),
                ((Number) probes.get("zeros")).longValue(),
                numbers(probes.get("samples")));
    }

    private static ClassProbability classProbability(Map<String, Object> entry) {
        return new ClassProbability(((Number) entry.get("class")).intValue(), number(entry.get("prob")));
    }

    private static double[] numbers(Object json) {
        return list(json).stream().mapToDouble(GoldenFile::number).toArray();
    }

    private static double number(Object json) {
        return ((Number) json).doubleValue();
    }

    private static List<Map<String, Object>> objects(Object json) {
        return list(json).stream().map(GoldenFile::object).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    private static List<?> list(Object json) {
        return json == null ? List.of() : (List<?>) json;
    }
}
