package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.Broadcast;
import cnn.network.GroupNormalization;
import cnn.network.Node;
import cnn.network.Noise;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Scalar;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The steps of one layer, the last of which gives the layer's own value. Each method adds some; those that give a value in
 * between return its name.
 */
final class LayerSteps {
    private final Node node;
    private final String target;
    private final Map<String, Shape> shapes;
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param target the name of the layer's value
     * @param shapes of all values, which those between are added to
     */
    LayerSteps(Node node, String target, Map<String, Shape> shapes) {
        this.node = node;
        this.target = target;
        this.shapes = shapes;
    }

    List<Step> steps() {
        return steps;
    }

    LayerSteps add(Step step) {
        steps.add(step);
        return this;
    }

    /** A name for a value between. */
    String inner(String what, Shape shape) {
        String name = target + "/" + what;
        for (int i = 1; shapes.containsKey(name); i++) {
            name = target + "/" + what + " " + i;
        }
        shapes.put(name, shape);
        return name;
    }

    /** What the derivative can be told of by the results alone goes into the epilogue, for training too. */
    LayerSteps weighted(Step.Weighted step, ActivationFunction activation) {
        List<Scalar> terms = activation.terms();
        if (activation.isElementwise() && terms.stream().allMatch(Scalar::isDerivedFromResult) && terms.size() < 2) {
            Epilogue epilogue = terms.isEmpty() ? Epilogue.NONE : Epilogue.NONE.then(terms.get(0));
            return add(step.as(step.kernel(), epilogue, target));
        }
        String linear = inner("linear", shapes.get(target));
        return add(step.as(step.kernel(), Epilogue.NONE, linear)).activate(activation, linear);
    }

    /** Applies a function as the last steps. */
    LayerSteps activate(ActivationFunction function, String argument) {
        Shape shape = shapes.get(target);
        if (!function.isElementwise()) {
            boolean logarithm = function.equals(ActivationFunction.LOG_SOFTMAX);
            return add(new Cellwise.Softmax(logarithm, shape.sizes().size() - 1, argument, target));
        }
        String value = argument;
        for (int i = 0; i < function.terms().size(); i++) {
            boolean isLast = i == function.terms().size() - 1;
            String result = isLast ? target : inner("term", shape);
            add(new Step.Activate(function.terms().get(i), value, result));
            value = result;
        }
        return this;
    }

    /** A dense layer on the innermost axis of anything but a vector or a map. */
    LayerSteps denseOnRows(String source, Kernel kernel, ActivationFunction activation) {
        Shape input = node.inputShape();
        int cells = Math.toIntExact(input.elements() / input.channels());
        String rows = inner("rows", Shape.of(cells, 1, input.channels()));
        String results = inner("results", Shape.of(cells, 1, kernel.outputs()));
        add(new Step.Reshape(source, rows));
        add(new Step.Convolve(kernel, rows, Pads.NONE, Epilogue.NONE, results));
        String linear = activation.equals(ActivationFunction.LINEAR) ? target : inner("linear", shapes.get(target));
        return add(new Step.Reshape(results, linear)).activate(activation, linear);
    }

    /** Cells and channels of each group as one row, which is normalised. */
    LayerSteps groupNorm(GroupNormalization norm, String source) {
        Shape input = node.inputShape();
        int groups = norm.groupsOf(input);
        int channels = input.channels() / groups;
        int cells = Math.toIntExact(input.elements() / input.channels());
        Shape byCell = Shape.of(cells, groups, channels);
        Shape byGroup = Shape.of(groups, cells, channels);
        Shape rows = Shape.of(groups, Math.multiplyExact(cells, channels));
        String grouped = reshaped(permuted(reshaped(source, byCell), byGroup), rows);
        String normal = inner("normal", rows);
        add(new Cellwise.NormalizeCells(Optional.empty(), norm.epsilon(), grouped, normal));
        List<WeightSpec> weights = node.weights();
        String last = weights.isEmpty() ? target : inner("unscaled", input);
        add(new Step.Reshape(permuted(reshaped(normal, byGroup), byCell), last));
        if (weights.isEmpty()) {
            return this;
        }
        WeightSpec gamma = norm.scale() ? weights.get(0) : Kernel.ones(input.channels());
        Optional<WeightSpec> beta = norm.center() ? Optional.of(weights.get(weights.size() - 1)) : Optional.empty();
        return onMap(
                last,
                map -> new Step.Convolve(Kernel.factors(node, gamma, beta), map, Pads.NONE, Epilogue.NONE, target));
    }

    /** A step on maps, for a value that may be something else. */
    LayerSteps onMap(String source, Function<String, Step.Convolve> step) {
        Shape shape = shapes.get(target);
        if (shape.isMap()) {
            return add(step.apply(source));
        }
        Shape map = Shape.of(Math.toIntExact(shape.elements() / shape.channels()), 1, shape.channels());
        Step.Convolve convolve = step.apply(reshaped(source, map));
        String result = inner("result", map);
        return add(convolve.as(convolve.kernel(), convolve.epilogue(), result)).add(new Step.Reshape(result, target));
    }

    private String reshaped(String source, Shape shape) {
        if (shapes.get(source).equals(shape)) {
            return source;
        }
        String name = inner("reshaped", shape);
        add(new Step.Reshape(source, name));
        return name;
    }

    private String permuted(String source, Shape shape) {
        if (shapes.get(source).sizes().get(0) == 1 || shapes.get(source).sizes().get(1) == 1) {
            return reshaped(source, shape);
        }
        String name = inner("permuted", shape);
        add(new Rearrangement.Permute(List.of(1, 0, 2), source, name));
        return name;
    }

    /** Takes two or more values together, from the left, and then perhaps applies a function. */
    LayerSteps combine(Operator operator, List<String> sources, Optional<Scalar> then) {
        String value = sources.get(0);
        Shape shape = shapes.get(value);
        for (int i = 1; i < sources.size(); i++) {
            boolean isLast = i == sources.size() - 1 && then.isEmpty();
            shape = Broadcast.of(List.of(shape, shapes.get(sources.get(i))));
            String result = isLast ? target : inner("part", shape);
            add(new Pointwise.Combine(operator, value, sources.get(i), result));
            value = result;
        }
        String all = value;
        then.ifPresent(term -> add(new Step.Activate(term, all, target)));
        return this;
    }

    /** Random numbers that are multiplied with the source's or added to them. */
    LayerSteps draw(Draw.Kind kind, double amount, Shape drawn, String source, String result) {
        return add(new Step.Drop(new Draw(kind, amount), node.name(), drawn, source, result));
    }

    LayerSteps noise(Noise noise, String source) {
        Shape shape = node.inputShape();
        return switch (noise.kind()) {
            case SPATIAL_DROPOUT ->
                draw(Draw.Kind.DROPOUT, noise.amount(), Shape.of(1, 1, shape.channels()), source, target);
            case GAUSSIAN_DROPOUT -> draw(Draw.Kind.GAUSSIAN_FACTORS, noise.amount(), shape, source, target);
            case GAUSSIAN_NOISE -> draw(Draw.Kind.GAUSSIAN_TERMS, noise.amount(), shape, source, target);
            case ALPHA_DROPOUT -> {
                String kept = inner("kept", shape);
                draw(Draw.Kind.ALPHA_FACTORS, noise.amount(), shape, source, kept);
                yield draw(Draw.Kind.ALPHA_TERMS, noise.amount(), shape, kept, target);
            }
        };
    }

    /** Some channels, one by one. */
    LayerSteps channels(List<Integer> chosen, String source) {
        List<String> parts = new ArrayList<>();
        Shape cell = Shape.of(node.inputShape().height(), node.inputShape().width(), 1);
        for (int channel : chosen) {
            String part = inner("channel", cell);
            add(new Rearrangement.Slice(0, 0, channel, source, part));
            parts.add(part);
        }
        return add(new Step.Join(2, parts, target));
    }

    LayerSteps scaledSum(double scale, String first, String second) {
        String scaled = inner("scaled", shapes.get(target));
        add(new Step.Activate(Scalar.linear(scale, 0), second, scaled));
        return add(new Step.Sum(List.of(first, scaled), target));
    }

    /** The sum of two vectors' products, and perhaps the inverse lengths of both multiplied with it. */
    LayerSteps dot(String left, String right, boolean normalize) {
        String sum = sumOfProducts(left, right);
        if (!normalize) {
            return add(new Step.Reshape(sum, target));
        }
        String scaled = product(sum, inverseLength(left));
        return add(new Step.Reshape(product(scaled, inverseLength(right)), target));
    }

    private String inverseLength(String vector) {
        String squares = sumOfProducts(vector, vector);
        String inverse = inner("inverse length", shapes.get(squares));
        add(new Step.Activate(Scalar.inverseRoot(), squares, inverse));
        return inverse;
    }

    private String sumOfProducts(String left, String right) {
        int size = shapes.get(left).channels();
        String map = reshaped(product(left, right), Shape.of(size, 1, 1));
        String mean = inner("mean", Shape.of(1, 1, 1));
        Window all = new Window(size, 1, 1, 1, 1, 1, Padding.VALID);
        add(new Step.Pool(Pooling.AVERAGE, all, Pads.NONE, false, map, mean));
        String sum = inner("sum", Shape.of(1, 1, 1));
        add(new Step.Activate(Scalar.linear(size, 0), mean, sum));
        return sum;
    }

    private String product(String left, String right) {
        String product = inner("product", shapes.get(left));
        add(new Pointwise.Combine(Operator.MULTIPLY, left, right, product));
        return product;
    }
}
