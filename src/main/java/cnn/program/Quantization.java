package cnn.program;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an engine that computes with 8 bits must know besides network and weights.
 *
 * @param ranges of the values; one without a range stays float32
 * @param inFloat the layers that are computed in float32 all the same
 */
public record Quantization(Ranges ranges, Set<String> inFloat) {

    public Quantization {
        inFloat = Collections.unmodifiableSet(new TreeSet<>(inFloat));
    }
}
