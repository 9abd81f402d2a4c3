package cnn.network;

import cnn.network.Scalar.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions that end a layer, under Keras's names: for each number by itself the scalar functions of {@code terms}, one
 * after the other, or over the innermost axis softmax or its logarithm, which have no terms.
 */
public record ActivationFunction(String name, List<Scalar> terms) {
    public static final ActivationFunction LINEAR = of("linear");
    public static final ActivationFunction RELU = of("relu", Scalar.of(Kind.RELU));
    /** min(max(x, 0), 6), as MobileNet uses it. */
    public static final ActivationFunction RELU6 = of("relu6", Scalar.of(Kind.CLIP, 0, 6));

    public static final ActivationFunction TANH = of("tanh", Scalar.of(Kind.TANH));
    public static final ActivationFunction SIGMOID = of("sigmoid", Scalar.of(Kind.LOGISTIC));
    public static final ActivationFunction SOFTMAX = of("softmax");
    public static final ActivationFunction LOG_SOFTMAX = of("log_softmax");
    public static final ActivationFunction SWISH = of("silu", Scalar.of(Kind.SWISH, 1));
    public static final ActivationFunction HARD_SWISH = of("hard_silu", Scalar.of(Kind.HARD_SWISH));
    /** As Keras 3 defines it: min(max(x + 3, 0), 6) / 6. */
    public static final ActivationFunction HARD_SIGMOID =
            of("hard_sigmoid", Scalar.of(Kind.LINEAR, 1.0 / 6, 0.5), Scalar.of(Kind.CLIP, 0, 1));
    /** As Keras 1 and 2 define it: min(max(0.2 x + 0.5, 0), 1). */
    public static final ActivationFunction HARD_SIGMOID_OF_KERAS_2 =
            of("hard_sigmoid", Scalar.of(Kind.LINEAR, 0.2, 0.5), Scalar.of(Kind.CLIP, 0, 1));

    public static final ActivationFunction GELU = of("gelu", Scalar.of(Kind.GELU));
    /** The approximation by tanh, as KerasHub's models name it. */
    public static final ActivationFunction GELU_APPROXIMATE = of("gelu_approximate", Scalar.of(Kind.GELU_TANH));

    private static final double SELU_SCALE = 1.0507009873554805;

    private static final Map<String, ActivationFunction> BY_NAME = Stream.of(
                    LINEAR,
                    RELU,
                    RELU6,
                    TANH,
                    SIGMOID,
                    SOFTMAX,
                    LOG_SOFTMAX,
                    SWISH,
                    HARD_SWISH,
                    HARD_SIGMOID,
                    GELU,
                    GELU_APPROXIMATE,
                    leakyRelu(0.2),
                    elu(1),
                    of("selu", Scalar.of(Kind.ELU, 1.6732632423543772), Scalar.of(Kind.LINEAR, SELU_SCALE)),
                    of("celu", Scalar.of(Kind.ELU, 1)),
                    of("mish", Scalar.of(Kind.MISH)),
                    of("softplus", Scalar.of(Kind.SOFTPLUS)),
                    of("softsign", Scalar.of(Kind.SOFTSIGN)),
                    of("exponential", Scalar.of(Kind.EXP)),
                    of("log_sigmoid", Scalar.of(Kind.LINEAR, -1), Scalar.of(Kind.SOFTPLUS), Scalar.of(Kind.LINEAR, -1)),
                    of("hard_tanh", Scalar.of(Kind.CLIP, -1, 1)),
                    of("hard_shrink", Scalar.of(Kind.HARD_SHRINK, 0.5)),
                    of("soft_shrink", Scalar.of(Kind.SOFT_SHRINK, 0.5)),
                    of("tanh_shrink", Scalar.of(Kind.TANH_SHRINK)),
                    of("sparse_plus", Scalar.of(Kind.SPARSE_PLUS)),
                    of("sparse_sigmoid", Scalar.of(Kind.LINEAR, 0.5, 0.5), Scalar.of(Kind.CLIP, 0, 1)),
                    of("squareplus", Scalar.of(Kind.SQUARE_PLUS, 4)))
            .collect(Collectors.toUnmodifiableMap(ActivationFunction::name, Function.identity()));
    /** Other names that Keras takes. */
    private static final Map<String, String> SYNONYMS = Map.of("swish", "silu", "hard_swish", "hard_silu");

    public ActivationFunction {
        terms = List.copyOf(terms);
    }

    /** The function that Keras calls so, with the numbers that it has unless told otherwise. */
    public static Optional<ActivationFunction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(SYNONYMS.getOrDefault(name, name)));
    }

    /** The names that {@link #named} takes, synonyms left out. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    public static ActivationFunction leakyRelu(double negativeSlope) {
        return of("leaky_relu", Scalar.of(Kind.RELU, negativeSlope));
    }

    public static ActivationFunction elu(double alpha) {
        return of("elu", Scalar.of(Kind.ELU, alpha));
    }

    /** Keras's ReLU with all its arguments. */
    public static ActivationFunction relu(double maxValue, double negativeSlope, double threshold) {
        if (negativeSlope == 0 && threshold == 0 && (maxValue == 6 || maxValue == Double.POSITIVE_INFINITY)) {
            return maxValue == 6 ? RELU6 : RELU;
        }
        List<Scalar> terms = new ArrayList<>();
        boolean clips = negativeSlope == 0 && threshold == 0 && maxValue < Double.POSITIVE_INFINITY;
        if (threshold != 0) {
            terms.add(Scalar.of(Kind.THRESHOLD, threshold, negativeSlope));
        } else if (!clips) {
            terms.add(Scalar.of(Kind.RELU, negativeSlope));
        }
        if (maxValue < Double.POSITIVE_INFINITY) {
            terms.add(Scalar.of(Kind.CLIP, clips ? 0 : -Float.MAX_VALUE, maxValue));
        }
        return new ActivationFunction("relu", terms);
    }

    private static ActivationFunction of(String name, Scalar... terms) {
        return new ActivationFunction(name, List.of(terms));
    }

    /** Whether Keras's name alone says which function this is. */
    boolean isNamed() {
        return named(name).filter(this::equals).isPresent();
    }

    /** Whether it takes each number by itself. */
    public boolean isElementwise() {
        return !terms.isEmpty() || equals(LINEAR);
    }

    /** Whether no result is below zero. */
    public boolean isNotNegative() {
        return equals(SOFTMAX)
                || (!terms.isEmpty() && terms.get(terms.size() - 1).isNotNegative());
    }
}
