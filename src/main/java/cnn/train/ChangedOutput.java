package cnn.train;

import cnn.UserError;
import cnn.model.Model;
import cnn.model.WeightValues;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.WeightSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The output layer of a model, for other classes: a class that it knew keeps its row of weights, and with it what the model
 * says of it beside others that it knew; a new one begins with the mean of all rows, so that it is never
 * the likeliest at first. The row of one sigmoid unit, which tells two classes apart, is half of it for the one and half of it, turned
 * round, for the other.
 */
final class ChangedOutput {
    private final Node output;
    private final Dense layer;
    private final int inputs;

    private ChangedOutput(Node output, Dense layer) {
        this.output = output;
        this.layer = layer;
        this.inputs = output.inputShape().channels();
    }

    /**
     * The model with an output for each class of the data.
     *
     * @return what closes {@code model}
     * @throws UserError if the output does not end in a dense layer of classes
     */
    static Model of(Model model, ClassChange change) {
        Node output = model.network().output();
        if (!(output.layer() instanceof Dense dense)
                || output.inputShape().isMap()
                || !List.of(ActivationFunction.SOFTMAX, ActivationFunction.SIGMOID)
                        .contains(dense.activation())) {
            throw UserError.data(
                    "%s ends in no dense layer of classes to which others could be added; train a new head: cnn train -m"
                            .formatted(model.name()));
        }
        return new ChangedOutput(output, dense).changed(model, change);
    }

    private Model changed(Model model, ClassChange change) {
        List<double[]> known = rows(model);
        List<double[]> wanted = change.now().stream()
                .map(name -> change.before().contains(name)
                        ? known.get(change.before().indexOf(name))
                        : mean(known))
                .toList();
        boolean two = wanted.size() == 2;
        List<double[]> rows = two ? List.of(sum(wanted.get(1), wanted.get(0), -1)) : wanted;
        Dense other = new Dense(
                rows.size(),
                layer.useBias(),
                two ? ActivationFunction.SIGMOID : ActivationFunction.SOFTMAX,
                layer.kernelInitializer());
        NetworkBuilder builder = model.network().upTo(output.inputs().get(0)).extend();
        Network network =
                builder.build(builder.add(output.name(), other, output.inputs().get(0)));
        return model.as(network, new WeightValues(WeightValues.of(network.output(), weights(rows)), model.weights()));
    }

    /** For each class what its logit is multiplied out of, the bias last. */
    private List<double[]> rows(Model model) {
        List<double[]> rows = new ArrayList<>();
        for (int unit = 0; unit < layer.units(); unit++) {
            rows.add(new double[inputs + 1]);
        }
        List<WeightSpec> specs = output.weights();
        FloatBuffer kernel = model.weights().values(output, specs.get(0)).slice();
        for (int i = 0; i < inputs * layer.units(); i++) {
            rows.get(i % layer.units())[i / layer.units()] = kernel.get(i);
        }
        if (layer.useBias()) {
            FloatBuffer bias = model.weights().values(output, specs.get(1)).slice();
            for (int unit = 0; unit < layer.units(); unit++) {
                rows.get(unit)[inputs] = bias.get(unit);
            }
        }
        double[] nothing = new double[inputs + 1];
        return layer.units() > 1 ? rows : List.of(sum(nothing, rows.get(0), -0.5), sum(nothing, rows.get(0), 0.5));
    }

    private double[] mean(List<double[]> rows) {
        double[] mean = new double[inputs + 1];
        for (double[] row : rows) {
            mean = sum(mean, row, 1.0 / rows.size());
        }
        return mean;
    }

    private static double[] sum(double[] row, double[] other, double factor) {
        double[] sum = row.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other[i];
        }
        return sum;
    }

    private List<float[]> weights(List<double[]> rows) {
        float[] kernel = new float[inputs * rows.size()];
        float[] bias = new float[rows.size()];
        for (int unit = 0; unit < rows.size(); unit++) {
            for (int i = 0; i < inputs; i++) {
                kernel[i * rows.size() + unit] = (float) rows.get(unit)[i];
            }
            bias[unit] = (float) rows.get(unit)[inputs];
        }
        return layer.useBias() ? List.of(kernel, bias) : List.of(kernel);
    }
}
