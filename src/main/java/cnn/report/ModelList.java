package cnn.report;

import cnn.network.Network;
import cnn.weights.PublishedWeights;
import cnn.zoo.ZooModel;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
            Network network = model.network(model.withTop(model.inputSize(), model.inputSize()));
            return new Entry(
                    model.name(),
                    model.inputSize(),
                    network.parameters(),
                    model.published(),
                    model.published().map(PublishedWeights::topOne),
                    model.published().map(PublishedWeights::licence).orElse(""),
                    weights);
        }

        private Optional<Double> topFive() {
            return published.map(PublishedWeights::topFive);
        }

        private String file() {
            return published.map(found -> found.whole().fileName()).orElseGet(() -> weights.map(
                            path -> path.getFileName().toString())
                    .orElse(""));
        }

        private String size() {
            return inputSize + "x" + inputSize;
        }
    }

    public ModelList {
        entries = List.copyOf(entries);
    }

    public String as(Format format) {
        return switch (format) {
            case TEXT -> text();
            case JSON, JSONL -> json();
            case CSV -> csv();
        };
    }

    private String text() {
        TextTable table = new TextTable("name", "input", "parameters", "top-1", "top-5", "licence", "weights");
        for (Entry entry : entries) {
            table.add(List.of(
                    entry.name(),
                    entry.size(),
                    String.format(Locale.ROOT, "%,d", entry.parameters()),
                    text(entry.topOne(), "-"),
                    text(entry.topFive(), "-"),
                    entry.licence().isEmpty() ? "-" : entry.licence(),
                    entry.weights()
                            .map(path -> "here")
                            .orElse(entry.published().isPresent() ? "not here" : "to train")));
        }
        return table.render();
    }

    private String csv() {
        StringBuilder rows = new StringBuilder(
                Csv.row("name", "input", "parameters", "top1_percent", "top5_percent", "licence", "file", "weights"));
        for (Entry entry : entries) {
            rows.append(Csv.row(
                    entry.name(),
                    entry.size(),
                    String.valueOf(entry.parameters()),
                    text(entry.topOne(), ""),
                    text(entry.topFive(), ""),
                    entry.licence(),
                    entry.file(),
                    entry.weights().map(Path::toString).orElse("")));
        }
        return rows.toString();
    }

    private String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            json.writeStartArray();
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("name", entry.name());
                json.writeNumberField("input_size", entry.inputSize());
                json.writeNumberField("parameters", entry.parameters());
                json.writeObjectField("top1_percent", entry.topOne().orElse(null));
                json.writeObjectField("top5_percent", entry.topFive().orElse(null));
                json.writeStringField("licence", orNull(entry.licence()));
                json.writeStringField("file", orNull(entry.file()));
                json.writeStringField(
                        "url",
                        entry.published()
                                .map(found -> found.whole().uri().toString())
                                .orElse(null));
                json.writeStringField(
                        "weights", entry.weights().map(Path::toString).orElse(null));
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text + "\n";
    }

    private static String text(Optional<Double> number, String none) {
        return number.map(String::valueOf).orElse(none);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
