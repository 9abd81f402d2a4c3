package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Normalisation of each cell over its channels: gamma (x - mean) / sqrt(variance + epsilon) + beta (Ba et al. 2016).
 *
 * @param center whether there is a beta
 * @param scale whether there is a gamma
 */
public record LayerNormalization(double epsilon, boolean center, boolean scale) implements Layer {

    static Layer read(Arguments arguments, Shape input) {
        arguments.require("rms_scaling", false);
        LayerNormalization norm = new LayerNormalization(
                arguments.number("epsilon", 1e-3), arguments.flag("center", true), arguments.flag("scale", true));
        return ChannelsFirst.ifAxisIs(arguments, input, norm);
    }

    @Override
    public KerasType kerasType() {
        return KerasType.LAYER_NORMALIZATION;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
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
        return Inputs.single(inputs);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return scaleAndShift(scale, center, input.channels());
    }

    static List<WeightSpec> scaleAndShift(boolean scale, boolean center, int channels) {
        List<WeightSpec> weights = new ArrayList<>();
        if (scale) {
            weights.add(WeightSpec.trainable("gamma", WeightRole.SCALE, channels));
        }
        if (center) {
            weights.add(WeightSpec.trainable("beta", WeightRole.SHIFT, channels));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return 0;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.layerNormalization(this);
    }
}
