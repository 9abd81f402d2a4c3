package cnn.network;

import java.util.List;
import java.util.Map;

/**
 * Each channel times a factor that is learnt (Touvron et al. 2021), as ConvNeXt has it.
 *
 * @param start the factors' first value
 */
public record LayerScale(double start) implements Layer {

    static Layer read(Arguments arguments, Shape input) {
        arguments.require("projection_dim", input.channels());
        return new LayerScale(arguments.number("init_values", 1e-6));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.LAYER_SCALE;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("init_values", start).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return List.of(WeightSpec.trainable("gamma", WeightRole.SCALE, input.channels()));
    }

    @Override
    public double initialValue(WeightSpec weight) {
        return start;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return 0;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.layerScale(this);
    }
}
