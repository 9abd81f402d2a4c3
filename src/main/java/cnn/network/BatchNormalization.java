package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Batch normalisation over the innermost axis: gamma * (x - mean) / sqrt(variance + epsilon) + beta (Ioffe and Szegedy
 * 2015, algorithm 1).
 *
 * @param momentum how much of the moving statistics a training step keeps
 * @param center whether there is a beta
 * @param scale whether there is a gamma
 */
public record BatchNormalization(double momentum, double epsilon, boolean center, boolean scale) implements Layer {

    public BatchNormalization {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("the momentum must lie between 0 and 1, not be " + momentum);
        }
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon must be a number of at least 0, not " + epsilon);
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        arguments.require("renorm", false);
        arguments.passOver("renorm_clipping", "renorm_momentum");
        BatchNormalization norm = new BatchNormalization(
                arguments.number("momentum", 0.99),
                arguments.number("epsilon", 1e-3),
                arguments.flag("center", true),
                arguments.flag("scale", true));
        return ChannelsFirst.ifAxisIs(arguments, input, norm);
    }

    @Override
    public KerasType kerasType() {
        return KerasType.BATCH_NORMALIZATION;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("axis", -1)
                .with("momentum", momentum)
                .with("epsilon", epsilon)
                .with("center", center)
                .with("scale", scale)
                .initializer("beta", "Zeros")
                .initializer("gamma", "Ones")
                .initializer("moving_mean", "Zeros")
                .initializer("moving_variance", "Ones")
                .none("beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint")
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int channels = input.channels();
        List<WeightSpec> weights = new ArrayList<>();
        if (scale) {
            weights.add(WeightSpec.trainable("gamma", WeightRole.SCALE, channels));
        }
        if (center) {
            weights.add(WeightSpec.trainable("beta", WeightRole.SHIFT, channels));
        }
        weights.add(WeightSpec.statistic("moving_mean", WeightRole.SHIFT, channels));
        weights.add(WeightSpec.statistic("moving_variance", WeightRole.SCALE, channels));
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return 0;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.batchNormalization(this);
    }
}
