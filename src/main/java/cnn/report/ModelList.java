package cnn.report;

import cnn.network.Network;
import cnn.zoo.PublishedWeights;
import cnn.zoo.ZooModel;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The networks of the zoo and where their weights are. */
public record ModelList(List<Entry> entries) {

    /**
     * @param weights where the file is, if it is here
     */
    public record Entry(ZooModel model, Optional<Path> weights) {
        /** What is known of the published weights, or {@code none} where there are none. */
        private String told(Function<PublishedWeights, Object> fact, String none) {
            return model.published().map(fact).map(String::valueOf).orElse(none);
        }

        private Network network() {
            return model.network(model.withTop(model.inputSize(), model.inputSize()));
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
        TextTable table = new TextTable("name", "input", "parameters", "top-1 %", "top-5 %", "licence", "weights");
        for (Entry entry : entries) {
            ZooModel model = entry.model();
            table.add(List.of(
                    model.name(),
                    size(model),
                    String.format(Locale.ROOT, "%,d", entry.network().parameters()),
                    entry.told(PublishedWeights::topOne, "-"),
                    entry.told(PublishedWeights::topFive, "-"),
                    entry.told(PublishedWeights::licence, "-"),
                    entry.weights()
                            .map(path -> OneLine.of(path.toString()))
                            .orElse(model.published().isPresent() ? "not here" : "to be trained")));
        }
        return table.render();
    }

    private String csv() {
        StringBuilder rows = new StringBuilder(
                Csv.row("name", "input", "parameters", "top1_percent", "top5_percent", "licence", "file", "weights"));
        for (Entry entry : entries) {
            ZooModel model = entry.model();
            rows.append(Csv.row(
                    model.name(),
                    size(model),
                    String.valueOf(entry.network().parameters()),
                    entry.told(PublishedWeights::topOne, ""),
                    entry.told(PublishedWeights::topFive, ""),
                    entry.told(PublishedWeights::licence, ""),
                    entry.told(weights -> weights.whole().fileName(), ""),
                    entry.weights().map(Path::toString).orElse("")));
        }
        return rows.toString();
    }

    private String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (Entry entry : entries) {
                ZooModel model = entry.model();
                json.writeStartObject();
                json.writeStringField("name", model.name());
                json.writeNumberField("input_size", model.inputSize());
                json.writeNumberField("parameters", entry.network().parameters());
                Optional<PublishedWeights> published = model.published();
                json.writeObjectField(
                        "top1_percent", published.map(PublishedWeights::topOne).orElse(null));
                json.writeObjectField(
                        "top5_percent", published.map(PublishedWeights::topFive).orElse(null));
                json.writeObjectField(
                        "licence", published.map(PublishedWeights::licence).orElse(null));
                json.writeObjectField(
                        "file",
                        published.map(weights -> weights.whole().fileName()).orElse(null));
                json.writeObjectField(
                        "url",
                        published
                                .map(weights -> weights.whole().uri().toString())
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

    private static String size(ZooModel model) {
        return model.inputSize() + "x" + model.inputSize();
    }
}
