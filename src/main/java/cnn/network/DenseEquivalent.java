package cnn.network;

import cnn.UserError;
import java.util.Optional;

/** A dense layer in the place of one whose kernel slides over a map. */
public final class DenseEquivalent {
    private DenseEquivalent() {}

    /**
     * How many parameters a dense layer would have that gives as many numbers from as many; absent for a layer that has no
     * kernel, or is such a layer itself.
     *
     * @throws UserError if these are too many to count
     */
    public static Optional<Formula> parameters(Node node) {
        boolean convolves = node.weights().stream()
                .anyMatch(weight -> weight.role().isKernel() && weight.role() != WeightRole.DENSE_KERNEL);
        if (!convolves) {
            return Optional.empty();
        }
        Shape input = node.inputShape();
        Shape output = node.outputShape();
        boolean bias = node.weights().stream().anyMatch(weight -> weight.role() == WeightRole.SHIFT);
        try {
            long each = Math.addExact(input.elements(), bias ? 1 : 0);
            return Optional.of(new Formula(
                    "dense_equivalent",
                    Formula.withBias(Formula.product(input.sizes()), bias) + " x " + Formula.product(output.sizes()),
                    Math.multiplyExact(each, output.elements())));
        } catch (ArithmeticException e) {
            throw UserError.data(
                    "layer %s: a dense layer in its place is too large to count; give a smaller input size"
                            .formatted(node.name()),
                    e);
        }
    }
}
