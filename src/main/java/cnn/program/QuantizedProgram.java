package cnn.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fused program of which as much as possible is computed with 8 bits.
 *
 * @param ranges of its values
 * @param grids of the values that are read or kept as whole numbers
 * @param kept the values that are kept as whole numbers; the others are floats, from which whole numbers are made for those
 *     who read such
 * @param whole targets of the weighted steps that multiply whole numbers
 * @param inFloat the layers that do not, and why
 */
public record QuantizedProgram(
        Program program,
        Ranges ranges,
        Map<String, Grid> grids,
        Set<String> kept,
        Set<String> whole,
        List<FloatStep> inFloat) {

    public QuantizedProgram {
        grids = Map.copyOf(grids);
        kept = Set.copyOf(kept);
        whole = Set.copyOf(whole);
        inFloat = List.copyOf(inFloat);
    }

    /** @param program for inference, fused */
    public static QuantizedProgram of(Program program, Quantization quantization) {
        return new Quantizer(program, quantization).quantized();
    }

    /** The grid of a value that is read or kept as whole numbers. */
    public Grid grid(String value) {
        return Optional.ofNullable(grids.get(value)).orElseThrow();
    }

    /** What a weighted step multiplies. */
    public WholeSource source(Step.Weighted step) {
        return new WholeSource(
                grid(step.source()), ranges.of(step.source()).map(Range::means).orElse(List.of()));
    }

    public boolean isKept(String value) {
        return kept.contains(value);
    }

    public boolean isWhole(Step.Weighted step) {
        return whole.contains(step.target());
    }
}
