package cnn.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Each number times a scale, plus an offset.
 *
 * @param scale one number, or one for each channel
 * @param offset likewise
 */
public record Rescaling(List<Double> scale, List<Double> offset) implements WeightlessLayer, ChannelAffine {

    public Rescaling {
        scale = List.copyOf(scale);
        offset = List.copyOf(offset);
    }

    public Rescaling(double scale, double offset) {
        this(List.of(scale), List.of(offset));
    }

    static Layer read(Arguments arguments, Shape input) {
        List<Double> offset = arguments.has("offset") ? list(arguments.numbers("offset")) : List.of(0.0);
        Rescaling layer = new Rescaling(list(arguments.numbers("scale")), offset);
        for (List<Double> numbers : List.of(layer.scale, layer.offset)) {
            if (numbers.size() != 1 && numbers.size() != input.channels()) {
                throw arguments.unsupported("%d numbers for %d channels".formatted(numbers.size(), input.channels()));
            }
        }
        return layer;
    }

    private static List<Double> list(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    @Override
    public KerasType kerasType() {
        return KerasType.RESCALING;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("scale", scale.size() == 1 ? scale.get(0) : scale)
                .with("offset", offset.size() == 1 ? offset.get(0) : offset)
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    /** The same for all channels, if it is. */
    public Optional<Scalar> single() {
        return scale.size() == 1 && offset.size() == 1
                ? Optional.of(Scalar.linear(scale.get(0), offset.get(0)))
                : Optional.empty();
    }

    @Override
    public double[][] factorsAndShifts(Node node, Weights weights) {
        int channels = node.inputShape().channels();
        double[][] numbers = new double[2][channels];
        Arrays.setAll(numbers[0], c -> scale.get(scale.size() == 1 ? 0 : c));
        Arrays.setAll(numbers[1], c -> offset.get(offset.size() == 1 ? 0 : c));
        return numbers;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.rescaling(this);
    }
}
