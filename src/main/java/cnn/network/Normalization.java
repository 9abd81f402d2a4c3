package cnn.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * (x - mean) / max(sqrt(variance), 1e-7) for each channel, Keras's {@code normalization.py}.
 *
 * @param mean one number or one for each channel; empty where it is a weight, found out from data
 * @param invert whether the other way round: mean + x max(sqrt(variance), 1e-7)
 */
public record Normalization(List<Double> mean, List<Double> variance, boolean invert) implements Layer, ChannelAffine {

    private static final double EPSILON = 1e-7;

    public Normalization {
        mean = List.copyOf(mean);
        variance = List.copyOf(variance);
        if (mean.isEmpty() != variance.isEmpty()) {
            throw new IllegalArgumentException("mean and variance go together");
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        int axis = arguments.has("axis")
                ? arguments.axis("axis", -1, input)
                : input.sizes().size();
        if (axis < input.sizes().size() - 1) {
            throw arguments.unsupported("axis " + (axis + 1));
        }
        Normalization layer = new Normalization(
                numbers("mean", arguments), numbers("variance", arguments), arguments.flag("invert", false));
        for (List<Double> numbers : List.of(layer.mean, layer.variance)) {
            if (numbers.size() > 1 && numbers.size() != input.channels()) {
                throw arguments.unsupported("%d numbers for %d channels".formatted(numbers.size(), input.channels()));
            }
        }
        if (layer.mean.isEmpty() && axis == input.sizes().size()) {
            throw arguments.unsupported("axis None without mean and variance");
        }
        return layer;
    }

    private static List<Double> numbers(String name, Arguments arguments) {
        return arguments.has(name)
                ? Arrays.stream(arguments.numbers(name)).boxed().toList()
                : List.of();
    }

    @Override
    public KerasType kerasType() {
        return KerasType.NORMALIZATION;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("axis", List.of(-1))
                .with("invert", invert)
                .with("mean", mean.isEmpty() ? null : mean)
                .with("variance", variance.isEmpty() ? null : variance)
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    /** The count of what mean and variance were found out from has no part in the computation. */
    @Override
    public List<WeightSpec> weights(Shape input) {
        return mean.isEmpty()
                ? List.of(
                        WeightSpec.statistic("mean", WeightRole.SHIFT, input.channels()),
                        WeightSpec.statistic("variance", WeightRole.SCALE, input.channels()),
                        WeightSpec.statistic("count", WeightRole.SHIFT, 1))
                : List.of();
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return 0;
    }

    @Override
    public double[][] factorsAndShifts(Node node, Weights weights) {
        int channels = node.inputShape().channels();
        double[] means = numbers(mean, channels, node, 0, weights);
        double[] variances = numbers(variance, channels, node, 1, weights);
        double[][] numbers = new double[2][channels];
        for (int c = 0; c < channels; c++) {
            double deviation = Math.max(Math.sqrt(variances[c]), EPSILON);
            numbers[0][c] = invert ? deviation : 1 / deviation;
            numbers[1][c] = invert ? means[c] : -means[c] / deviation;
        }
        return numbers;
    }

    private static double[] numbers(List<Double> constants, int channels, Node node, int weight, Weights weights) {
        double[] numbers = new double[channels];
        if (constants.isEmpty()) {
            FloatBuffer values =
                    weights.checkedValues(node, node.weights().get(weight)).slice();
            Arrays.setAll(numbers, values::get);
        } else {
            Arrays.setAll(numbers, c -> constants.get(constants.size() == 1 ? 0 : c));
        }
        return numbers;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.normalization(this);
    }
}
