package cnn.model;

import cnn.Excerpt;
import cnn.UserError;
import cnn.network.Shape;
import cnn.program.Program;
import cnn.program.Quantization;
import cnn.program.Range;
import cnn.program.RangeMethod;
import cnn.program.Ranges;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What calibration has found out about a model, so that it can be computed in int8.
 *
 * @param method by which the ranges were chosen
 * @param images that were looked at
 */
public record Calibrated(RangeMethod method, int images, Quantization quantization) {

    /**
     * Lets this pass if the ranges fit the model.
     *
     * @param place where they were found, for the message
     * @throws UserError of kind WEIGHTS if a value has another number of channels
     */
    void check(Model model, String place) {
        Program program = Program.forInference(model.network(), model.outputs());
        for (Map.Entry<String, Range> named : quantization.ranges().values().entrySet()) {
            Shape shape = program.shapes().get(named.getKey());
            Set<Integer> sizes = sizes(named.getValue());
            if (shape != null && !sizes.equals(Set.of(1)) && !sizes.equals(Set.of(shape.channels()))) {
                throw UserError.weights("%s: the range of %s is not one of %d channels"
                        .formatted(place, Excerpt.of(named.getKey()), shape.channels()));
            }
        }
    }

    /** The same with more layers that stay in float32. */
    public Calibrated keeping(Collection<String> more) {
        Set<String> kept = new TreeSet<>(quantization.inFloat());
        kept.addAll(more);
        return new Calibrated(method, images, new Quantization(quantization.ranges(), kept));
    }

    private static Set<Integer> sizes(Range range) {
        return Stream.of(range.lowest(), range.highest(), range.means())
                .map(List::size)
                .collect(Collectors.toSet());
    }

    /** The same for a part of the network, with the ranges of the values that are in it. */
    public Calibrated within(Model part) {
        Program program = Program.forInference(part.network(), part.outputs());
        Map<String, Range> kept = new TreeMap<>(quantization.ranges().values());
        kept.keySet().retainAll(program.shapes().keySet());
        return new Calibrated(method, images, new Quantization(new Ranges(kept), quantization.inFloat()));
    }
}
