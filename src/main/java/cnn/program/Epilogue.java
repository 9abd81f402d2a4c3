package cnn.program;

import cnn.network.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a convolution does to each of its results before it stores them.
 *
 * @param addend a value of the same shape to be added
 * @param terms applied last, one after the other
 */
public record Epilogue(Optional<String> addend, List<Scalar> terms) {

    private static final int LONGEST = 8;

    public static final Epilogue NONE = new Epilogue(Optional.empty(), List.of());

    public Epilogue {
        terms = List.copyOf(terms);
    }

    public boolean isLinear() {
        return terms.isEmpty();
    }

    public boolean isNone() {
        return equals(NONE);
    }

    public boolean isNotNegative() {
        return !isLinear() && terms.get(terms.size() - 1).isNotNegative();
    }

    public Epilogue plus(String value) {
        return new Epilogue(Optional.of(value), terms);
    }

    /**
     * Whether another term may follow. There may be no second one of a kind with other numbers: oneDNN 2.5 takes those of the
     * first for both.
     */
    boolean takes(Scalar term) {
        return terms.size() < LONGEST
                && terms.stream().allMatch(other -> other.kind() != term.kind() || other.equals(term));
    }

    public Epilogue then(Scalar term) {
        List<Scalar> longer = new ArrayList<>(terms);
        longer.add(term);
        return new Epilogue(addend, longer);
    }
}
