package cnn.report;

import cnn.Counted;
import cnn.classify.Benchmark;
import cnn.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a benchmark found.
 *
 * @param images how many were worked on
 * @param speeds in each arithmetic, at least one
 */
public record BenchmarkReport(
        String model,
        String engine,
        int threads,
        int images,
        double decodePerSecond,
        double preprocessPerSecond,
        int endToEndBatchSize,
        List<PrecisionSpeed> speeds) {

    public BenchmarkReport {
        speeds = List.copyOf(speeds);
    }

    public String as(Format format) {
        return switch (format) {
            case TEXT -> text();
            case JSON, JSONL -> json();
            case CSV -> csv();
        };
    }

    private String text() {
        List<String> header = new ArrayList<>(List.of("images/s"));
        speeds.forEach(speed -> header.add(speed.precision()));
        TextTable table = new TextTable(header.toArray(String[]::new));
        row(table, "decode", speed -> rounded(decodePerSecond));
        row(table, "preprocess", speed -> rounded(preprocessPerSecond));
        List<Benchmark.Forward> sizes = speeds.get(0).forward();
        for (int i = 0; i < sizes.size(); i++) {
            int size = i;
            row(
                    table,
                    "forward, batch " + sizes.get(i).batchSize(),
                    speed -> rounded(speed.forward().get(size).imagesPerSecond()));
        }
        row(table, "end to end, batch " + endToEndBatchSize, speed -> rounded(speed.endToEndPerSecond()));
        row(table, "cold start, seconds", speed -> String.format(Locale.ROOT, "%.2f", speed.coldStartSeconds()));
        row(table, "peak memory, MB", speed -> String.format(Locale.ROOT, "%.0f", speed.peakMemoryBytes() / 1e6));
        String largest = speeds.stream()
                .map(speed -> "%s %s"
                        .formatted(
                                speed.precision(),
                                largestShare(speed).entrySet().stream()
                                        .map(share -> String.format(
                                                Locale.ROOT, "%s %.0f %%", share.getKey(), 100 * share.getValue()))
                                        .findFirst()
                                        .orElseThrow()))
                .collect(Collectors.joining(", "));
        return "%s, %s, %s, %s%n%slargest share of the time end to end: %s%n"
                .formatted(
                        OneLine.of(model),
                        engine,
                        Counted.of(threads, "thread"),
                        Counted.of(images, "image"),
                        table.render(),
                        largest);
    }

    private void row(TextTable table, String name, Function<PrecisionSpeed, String> value) {
        List<String> cells = new ArrayList<>(List.of(name));
        speeds.forEach(speed -> cells.add(value.apply(speed)));
        table.add(cells);
    }

    private Map<String, Double> shares(PrecisionSpeed speed) {
        return speed.shares(decodePerSecond, preprocessPerSecond, endToEndBatchSize);
    }

    private Map<String, Double> largestShare(PrecisionSpeed speed) {
        Map.Entry<String, Double> largest = shares(speed).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
        return Map.of(largest.getKey(), largest.getValue());
    }

    private String csv() {
        StringBuilder rows =
                new StringBuilder(Csv.row("model", "precision", "threads", "figure", "batch_size", "value", "engine"));
        for (PrecisionSpeed speed : speeds) {
            for (Benchmark.Forward one : speed.forward()) {
                String size = String.valueOf(one.batchSize());
                rows.append(csvRow(speed, "forward_images_per_second", size, one.imagesPerSecond()));
            }
            String size = String.valueOf(endToEndBatchSize);
            rows.append(csvRow(speed, "decode_images_per_second", "", decodePerSecond))
                    .append(csvRow(speed, "preprocess_images_per_second", "", preprocessPerSecond))
                    .append(csvRow(speed, "end_to_end_images_per_second", size, speed.endToEndPerSecond()))
                    .append(csvRow(speed, "cold_start_seconds", "", speed.coldStartSeconds()))
                    .append(csvRow(speed, "peak_memory_bytes", "", speed.peakMemoryBytes()));
        }
        return rows.toString();
    }

    private String csvRow(PrecisionSpeed speed, String figure, String batchSize, double value) {
        return Csv.row(
                model,
                speed.precision(),
                String.valueOf(threads),
                figure,
                batchSize,
                String.format(Locale.ROOT, "%.3f", value),
                engine);
    }

    /** The figures of the first arithmetic, and below them those of all. */
    private String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", model);
        object.put("engine", engine);
        object.put("precision", speeds.get(0).precision());
        object.put("threads", threads);
        object.put("images", images);
        object.put("decode_images_per_second", decodePerSecond);
        object.put("preprocess_images_per_second", preprocessPerSecond);
        object.put("end_to_end_batch_size", endToEndBatchSize);
        object.putAll(fields(speeds.get(0)));
        object.put(
                "precisions",
                speeds.stream()
                        .map(speed -> {
                            Map<String, Object> fields = new LinkedHashMap<>();
                            fields.put("precision", speed.precision());
                            fields.putAll(fields(speed));
                            return fields;
                        })
                        .toList());
        return Json.text(object) + "\n";
    }

    private Map<String, Object> fields(PrecisionSpeed speed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "forward",
                new ResultTable<>(speed.forward())
                        .json("batch_size", Benchmark.Forward::batchSize)
                        .json("images_per_second", Benchmark.Forward::imagesPerSecond)
                        .asJson());
        fields.put("end_to_end_images_per_second", speed.endToEndPerSecond());
        fields.put("shares", shares(speed));
        fields.put("largest_share", largestShare(speed).keySet().iterator().next());
        fields.put("cold_start_seconds", speed.coldStartSeconds());
        fields.put("peak_memory_bytes", speed.peakMemoryBytes());
        return fields;
    }

    private static String rounded(double rate) {
        return String.format(Locale.ROOT, "%.1f", rate);
    }
}
