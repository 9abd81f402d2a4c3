package cnn.program;

import java.util.List;

/**
 * What is known of whole numbers that a kernel multiplies.
 *
 * @param means of the numbers that they stand for, for each channel; empty if these are not known
 */
public record WholeSource(Grid grid, List<Float> means) {

    public WholeSource {
        means = List.copyOf(means);
    }
}
