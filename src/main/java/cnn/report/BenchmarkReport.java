package cnn.report;

import cnn.Counted;
import cnn.classify.Benchmark;
import cnn.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param coldStartSeconds from the start of a process to its answer for one image
 * @param peakMemoryBytes the most memory that such a process had in use
 */
public record BenchmarkReport(
        String model,
        String engine,
        String precision,
        int threads,
        List<Benchmark.Forward> forward,
        double decodePerSecond,
        double preprocessPerSecond,
        int endToEndBatchSize,
        double endToEndPerSecond,
        double coldStartSeconds,
        long peakMemoryBytes) {

    public BenchmarkReport {
        forward = List.copyOf(forward);
    }

    public String as(Format format) {
        return switch (format) {
            case TEXT -> text();
            case JSON, JSONL -> json();
            case CSV -> csv();
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder(
                "%s, %s, %s, %s%n".formatted(OneLine.of(model), engine, precision, Counted.of(threads, "thread")));
        TextTable table = new TextTable("what", "images/s");
        for (Benchmark.Forward one : forward) {
            table.add(List.of("forward, batch " + one.batchSize(), rounded(one.imagesPerSecond())));
        }
        table.add(List.of("decode", rounded(decodePerSecond)));
        table.add(List.of("preprocess", rounded(preprocessPerSecond)));
        table.add(List.of("end to end, batch " + endToEndBatchSize, rounded(endToEndPerSecond)));
        return text.append(table.render())
                .append(String.format(
                        Locale.ROOT,
                        "cold start %.2f s, peak memory %.0f MB%n",
                        coldStartSeconds,
                        peakMemoryBytes / 1e6))
                .toString();
    }

    private String csv() {
        StringBuilder rows =
                new StringBuilder(Csv.row("model", "precision", "threads", "figure", "batch_size", "value", "engine"));
        for (Benchmark.Forward one : forward) {
            rows.append(csvRow("forward_images_per_second", String.valueOf(one.batchSize()), one.imagesPerSecond()));
        }
        return rows.append(csvRow("decode_images_per_second", "", decodePerSecond))
                .append(csvRow("preprocess_images_per_second", "", preprocessPerSecond))
                .append(csvRow("end_to_end_images_per_second", String.valueOf(endToEndBatchSize), endToEndPerSecond))
                .append(csvRow("cold_start_seconds", "", coldStartSeconds))
                .append(csvRow("peak_memory_bytes", "", peakMemoryBytes))
                .toString();
    }

    private String csvRow(String figure, String batchSize, double value) {
        return Csv.row(
                model,
                precision,
                String.valueOf(threads),
                figure,
                batchSize,
                String.format(Locale.ROOT, "%.3f", value),
                engine);
    }

    private String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", model);
        object.put("engine", engine);
        object.put("precision", precision);
        object.put("threads", threads);
        object.put(
                "forward",
                new ResultTable<>(forward)
                        .json("batch_size", Benchmark.Forward::batchSize)
                        .json("images_per_second", Benchmark.Forward::imagesPerSecond)
                        .asJson());
        object.put("decode_images_per_second", decodePerSecond);
        object.put("preprocess_images_per_second", preprocessPerSecond);
        object.put("end_to_end_batch_size", endToEndBatchSize);
        object.put("end_to_end_images_per_second", endToEndPerSecond);
        object.put("cold_start_seconds", coldStartSeconds);
        object.put("peak_memory_bytes", peakMemoryBytes);
        return Json.text(object) + "\n";
    }

    private static String rounded(double rate) {
        return String.format(Locale.ROOT, "%.1f", rate);
    }
}
