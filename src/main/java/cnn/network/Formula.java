package cnn.network;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a number of a layer comes about, with the layer's own numbers in it.
 *
 * @param of what it is: {@code height}, {@code width}, {@code channels}, {@code length}, {@code params}, {@code multiply_adds}
 *     or {@code dense_equivalent}
 * @param expression of integers, {@code + - x /}, {@code floor} and {@code ceil}, e.g. {@code (150 - 3 + 2x0)/1 + 1}
 * @param value what the layer has
 */
public record Formula(String of, String expression, long value) {

    /** A product's factors, e.g. {@code 3x3x64}. */
    static String product(List<Integer> factors) {
        return factors.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    static String product(Integer... factors) {
        return product(List.of(factors));
    }

    /** What makes one output: a number for each input, and one more if there is a bias. */
    static String withBias(String inputs, boolean bias) {
        return bias ? "(" + inputs + " + 1)" : inputs;
    }
}
