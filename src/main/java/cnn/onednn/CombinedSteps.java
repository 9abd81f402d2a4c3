package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_div;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_ge;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_gt;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_le;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_lt;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_min;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_sub;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reduction_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reduction_sum;

import cnn.network.Broadcast;
import cnn.network.Scalar;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.Operator;
import cnn.program.Pointwise;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_reduction_desc_t;

/** Plans what takes numbers of two values together, and the gradients of both. */
final class CombinedSteps {
    private final PlanBuilder plan;
    private final NativeScope scope;
    private final Shaping shaping;
    private final Map<String, Shape> shapes;

    /** @param shapes of every value */
    CombinedSteps(PlanBuilder plan, Shaping shaping, Map<String, Shape> shapes) {
        this.plan = plan;
        this.scope = plan.scope();
        this.shaping = shaping;
        this.shapes = shapes;
    }

    /** @param mayOverwrite whether nobody else needs the left or the right source, if it has the result's shape */
    Tensor combine(Pointwise.Combine step, Tensor left, Tensor right, boolean overLeft, boolean overRight) {
        Shape to = shapes.get(step.target());
        Tensor first = seen(left, shapes.get(step.left()), to);
        Tensor second = seen(right, shapes.get(step.right()), to);
        if (shapes.get(step.left()).equals(to)) {
            return binary(step.operator(), first, second, overLeft);
        }
        if (!shapes.get(step.right()).equals(to)) {
            return binary(step.operator(), spread(first, to), second, true);
        }
        return switch (step.operator()) {
            case SUBTRACT -> scaled(binary(Operator.SUBTRACT, second, first, overRight), -1);
            case DIVIDE -> binary(Operator.DIVIDE, spread(first, to), second, true);
            default -> binary(step.operator(), second, first, overRight);
        };
    }

    /** The gradient of the left or of the right source. */
    Tensor backward(Pointwise.Combine step, boolean ofLeft, Tensor gradient, Tensor left, Tensor right) {
        Shape to = shapes.get(step.target());
        Layout plain = shaping.plain(dnnl_f32, to);
        Tensor given = plan.in(plain, gradient);
        Tensor first = plainly(left, shapes.get(step.left()), to);
        Tensor second = plainly(right, shapes.get(step.right()), to);
        Shape from = shapes.get(ofLeft ? step.left() : step.right());
        Tensor inner =
                switch (step.operator()) {
                    case ADD -> given;
                    case SUBTRACT -> ofLeft ? given : scaled(plan.copy(given, plain), -1);
                    case MULTIPLY -> binary(Operator.MULTIPLY, given, ofLeft ? second : first, false);
                    case DIVIDE ->
                        ofLeft ? binary(Operator.DIVIDE, given, second, false) : ofDivisor(given, first, second);
                    case MAXIMUM -> where(given, first, second, to, ofLeft ? dnnl_binary_ge : dnnl_binary_lt);
                    case MINIMUM -> where(given, first, second, to, ofLeft ? dnnl_binary_le : dnnl_binary_gt);
                };
        return summed(inner, from, to);
    }

    /** A factor for each channel, then a number that is added. */
    Tensor affine(Pointwise.Affine step, Tensor source, Weights weights) {
        double[][] numbers = step.terms().factorsAndShifts(step.layer(), weights);
        Tensor result = plan.allocate(plain(source));
        int width = width(result);
        Tensor rows = rows(result, width);
        plan.binary(dnnl_binary_mul, rows(plan.in(result.layout(), source), width), constant(numbers[0], width), rows);
        plan.binary(dnnl_binary_add, rows, constant(numbers[1], width), rows);
        return result;
    }

    /** The gradient of a source that was multiplied with a factor for each channel. */
    Tensor affineBackward(Pointwise.Affine step, Tensor gradient, Weights weights) {
        double[][] numbers = step.terms().factorsAndShifts(step.layer(), weights);
        Tensor result = plan.allocate(plain(gradient));
        int width = width(result);
        Tensor rows = rows(plan.in(result.layout(), gradient), width);
        plan.binary(dnnl_binary_mul, rows, constant(numbers[0], width), rows(result, width));
        return result;
    }

    /** The numbers of one cell for each of several. */
    private Tensor constant(double[] numbers, int cells) {
        float[] values = new float[numbers.length * cells];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i % numbers.length];
        }
        return plan.constant(Layout.plain(scope, dnnl_f32, 1, values.length), values);
    }

    /** Cells in a row of a map: three channels would leave most of a register empty. */
    private static int width(Tensor map) {
        long[] sizes = map.layout().sizes();
        return sizes.length < 4 ? 1 : Math.toIntExact(sizes[3]);
    }

    private Layout plain(Tensor tensor) {
        return Layout.plain(scope, tensor.layout().type(), tensor.layout().sizes());
    }

    /** The cells of all images, so many in a row, of what has channels innermost. */
    private Tensor rows(Tensor plain, int cells) {
        long[] sizes = plain.layout().sizes();
        long row = sizes[1] * cells;
        long rows = Arrays.stream(sizes).reduce(1, (a, b) -> a * b) / row;
        return plain.as(Layout.plain(scope, plain.layout().type(), rows, row));
    }

    /** -x y / z^2 of the gradient x. */
    private Tensor ofDivisor(Tensor given, Tensor dividend, Tensor divisor) {
        Tensor product = binary(Operator.MULTIPLY, given, dividend, false);
        Tensor once = binary(Operator.DIVIDE, product, divisor, true);
        return scaled(binary(Operator.DIVIDE, once, divisor, true), -1);
    }

    /** The gradient where a comparison holds, else zero. */
    private Tensor where(Tensor given, Tensor first, Tensor second, Shape to, int comparison) {
        Tensor mask = plan.allocate(given.layout());
        plan.binary(comparison, spread(first, to), second, mask);
        plan.binary(dnnl_binary_mul, mask, given, mask);
        return mask;
    }

    /** Summed up over the axes along which there was a single place. */
    private Tensor summed(Tensor gradient, Shape from, Shape to) {
        Shape padded = Broadcast.padded(from, to.sizes().size());
        if (padded.equals(to)) {
            return gradient;
        }
        Tensor sum = plan.allocate(shaping.plain(dnnl_f32, padded));
        dnnl_reduction_desc_t operation = scope.own(new dnnl_reduction_desc_t());
        int status = dnnl_reduction_desc_init(
                operation,
                dnnl_reduction_sum,
                gradient.layout().descriptor(),
                sum.layout().descriptor(),
                0,
                0);
        Dnnl.check(status, "sum over axes");
        plan.call(
                Operation.choose(scope, operation, PrimitiveAttributes.none(scope))
                        .orElseThrow(),
                List.of(Argument.of(DNNL_ARG_SRC, gradient), Argument.of(DNNL_ARG_DST, sum)));
        return sum.as(shaping.plain(dnnl_f32, from));
    }

    private Tensor binary(Operator operator, Tensor first, Tensor second, boolean overwrite) {
        int algorithm = algorithm(operator);
        boolean sameSizes =
                Arrays.equals(first.layout().sizes(), second.layout().sizes());
        if (!sameSizes && Gates.is(second) && isSlow(algorithm, first, second)) {
            Tensor source = plan.in(plain(first), first);
            Tensor result = overwrite ? source : plan.allocate(source.layout());
            Gates.apply(plan, algorithm, source, second, result, PrimitiveAttributes.none(scope));
            return result;
        }
        Tensor other = sameSizes ? plan.in(first.layout(), second) : second;
        Tensor result = overwrite ? first : plan.allocate(first.layout());
        plan.binary(algorithm, first, other, result);
        return result;
    }

    private boolean isSlow(int algorithm, Tensor first, Tensor second) {
        Layout layout = first.layout();
        return GradientOperations.binary(scope, algorithm, layout, second.layout(), layout)
                .isSlow();
    }

    private static int algorithm(Operator operator) {
        return switch (operator) {
            case ADD -> dnnl_binary_add;
            case SUBTRACT -> dnnl_binary_sub;
            case MULTIPLY -> dnnl_binary_mul;
            case DIVIDE -> dnnl_binary_div;
            case MAXIMUM -> dnnl_binary_max;
            case MINIMUM -> dnnl_binary_min;
        };
    }

    private Tensor scaled(Tensor tensor, double factor) {
        Operation scale = Eltwise.of(Scalar.linear(factor, 0)).forward(scope, tensor.layout());
        plan.call(scale, List.of(Argument.of(DNNL_ARG_SRC, tensor), Argument.of(DNNL_ARG_DST, tensor)));
        return tensor;
    }

    /** A copy in the shape of the result. */
    private Tensor spread(Tensor part, Shape to) {
        Layout layout = shaping.plain(dnnl_f32, to);
        if (Arrays.equals(part.layout().sizes(), layout.sizes())) {
            return plan.copy(part, layout);
        }
        Tensor zeros = plan.allocateZeros(layout);
        Tensor whole = plan.allocate(layout);
        plan.binary(dnnl_binary_add, zeros, part, whole);
        return whole;
    }

    private Tensor plainly(Tensor tensor, Shape own, Shape to) {
        return seen(plan.in(shaping.plain(dnnl_f32, own), tensor), own, to);
    }

    /** With as many axes as the result has; one that is not of the result's shape has channels innermost. */
    private Tensor seen(Tensor tensor, Shape own, Shape to) {
        if (own.equals(to)) {
            return tensor;
        }
        int type = tensor.layout().type();
        Shape padded = Broadcast.padded(own, to.sizes().size());
        return plan.in(shaping.plain(type, own), tensor).as(shaping.plain(type, padded));
    }
}
