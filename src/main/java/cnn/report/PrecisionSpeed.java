package cnn.report;

import cnn.classify.Benchmark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast a network is in one arithmetic.
 *
 * @param endToEndPerSecond images from their files to answers
 * @param coldStartSeconds from the start of a process to its answer for one image
 * @param peakMemoryBytes the most memory that such a process had in use
 */
public record PrecisionSpeed(
        String precision,
        List<Benchmark.Forward> forward,
        double endToEndPerSecond,
        double coldStartSeconds,
        long peakMemoryBytes) {

    public PrecisionSpeed {
        forward = List.copyOf(forward);
    }

    /**
     * What the time of an image is spent on, from its file to its answer, as if one followed the other on all cores; what is
     * left is {@code other}.
     *
     * @param batchSize of the way from end to end, and of one of the forward passes
     */
    Map<String, Double> shares(double decodePerSecond, double preprocessPerSecond, int batchSize) {
        double pass = forward.stream()
                .filter(one -> one.batchSize() == batchSize)
                .findFirst()
                .orElseThrow()
                .imagesPerSecond();
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("decode", 1 / decodePerSecond);
        seconds.put("preprocess", 1 / preprocessPerSecond);
        seconds.put("forward", 1 / pass);
        double known =
                seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        double all = Math.max(known, 1 / endToEndPerSecond);
        seconds.put("other", all - known);
        seconds.replaceAll((part, time) -> time / all);
        return seconds;
    }
}
