package cnn.program;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the numbers of a network's values go, as {@link RangeObserver} has seen it: what an engine that computes with 8 bits
 * must know besides the weights.
 *
 * @param values by the names that a program gives them: the layer's, or one within a layer; in the order of the names
 */
public record Ranges(Map<String, Range> values) {

    public Ranges {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    Optional<Range> of(String value) {
        return Optional.ofNullable(values.get(value));
    }
}
