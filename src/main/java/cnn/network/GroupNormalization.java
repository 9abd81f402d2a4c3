package cnn.network;

import cnn.UserError;
import java.util.List;
import java.util.Map;

/**
 * Normalisation of groups of channels over all cells: gamma (x - mean) / sqrt(variance + epsilon) + beta (Wu and He 2018).
 *
 * @param groups -1 for as many as channels
 */
public record GroupNormalization(int groups, double epsilon, boolean center, boolean scale) implements Layer {

    public GroupNormalization {
        if (groups < 1 && groups != -1) {
            throw new IllegalArgumentException("at least one group is needed, not " + groups);
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        GroupNormalization norm = new GroupNormalization(
                arguments.integer("groups", 32),
                arguments.number("epsilon", 1e-3),
                arguments.flag("center", true),
                arguments.flag("scale", true));
        return ChannelsFirst.ifAxisIs(arguments, input, norm);
    }

    @Override
    public KerasType kerasType() {
        return KerasType.GROUP_NORMALIZATION;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("groups", groups)
                .with("axis", -1)
                .with("epsilon", epsilon)
                .with("center", center)
                .with("scale", scale)
                .initializer("beta", "Zeros")
                .initializer("gamma", "Ones")
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(inputs);
        if (input.channels() % groupsOf(input) != 0) {
            throw UserError.data("%d channels cannot be divided into %d groups".formatted(input.channels(), groups));
        }
        return input;
    }

    public int groupsOf(Shape input) {
        return groups == -1 ? input.channels() : groups;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return LayerNormalization.scaleAndShift(scale, center, input.channels());
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return 0;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.groupNormalization(this);
    }
}
