package cnn.report;

import cnn.json.Json;
import cnn.weights.PublishedWeights;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The networks that go by a name, and where their weights are. */
public record ModelList(List<Entry> entries) {

    /**
     * @param published what is known of the published weights, if there are any
     * @param topOne accuracy in percent, on the data that the weights were published or trained for
     * @param weights where the file is, if it is here
     */
    public record Entry(
            String name,
            int inputSize,
            long parameters,
            Optional<PublishedWeights> published,
            Optional<Double> topOne,
            String licence,
            Optional<Path> weights) {

        public static Entry of(ZooModel model, Optional<Path> weights) {
            return new Entry(
                    model.name(),
                    model.inputSize(),
                    model.parameters(),
                    model.published(),
                    model.published().flatMap(PublishedWeights::topOne),
                    model.published().map(PublishedWeights::licence).orElse(""),
                    weights);
        }

        private Optional<Double> topFive() {
            return published.flatMap(PublishedWeights::topFive);
        }

        private String file() {
            return published.map(found -> found.whole().fileName()).orElseGet(() -> weights.map(
                            path -> path.getFileName().toString())
                    .orElse(""));
        }

        private String url() {
            return published.map(found -> found.whole().uri().toString()).orElse(null);
        }

        private String where() {
            return weights.map(path -> "here").orElse(published.isPresent() ? "not here" : "to train");
        }

        private String size() {
            return inputSize + "x" + inputSize;
        }
    }

    public ModelList {
        entries = List.copyOf(entries);
    }

    public String as(Format format) {
        ResultTable<Entry> table = new ResultTable<>(entries)
                .all("name", Entry::name)
                .text("input", Entry::size)
                .csv("input", Entry::size)
                .json("input_size", Entry::inputSize)
                .text("parameters", entry -> Figure.grouped(entry.parameters()))
                .data("parameters", Entry::parameters)
                .text("top-1", entry -> text(entry.topOne()))
                .data("top1_percent", entry -> entry.topOne().orElse(null))
                .text("top-5", entry -> text(entry.topFive()))
                .data("top5_percent", entry -> entry.topFive().orElse(null))
                .data("licence", entry -> orNull(entry.licence()))
                .data("file", entry -> orNull(entry.file()))
                .json("url", Entry::url)
                .data("weights", entry -> entry.weights().map(Path::toString).orElse(null))
                .text("weights", Entry::where);
        return switch (format) {
            case TEXT -> table.asText();
            case JSON, JSONL -> Json.text(table.asJson()) + "\n";
            case CSV -> table.asCsv();
        };
    }

    private static String text(Optional<Double> number) {
        return number.map(String::valueOf).orElse("-");
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
