package cnn.report;

import cnn.classify.MeasuredSpeeds.Speed;
import cnn.json.Json;
import cnn.weights.PublishedWeights;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The networks that go by a name: what they cost, how good and how fast they are, and where their weights are.
 *
 * @param order empty: by family, each under a line of its own
 */
public record ModelList(List<Entry> entries, Optional<Order> order) {
    private static final double MILLION = 1e6;

    /** By what the networks may be sorted, the better ones first; those of which it is not known come last. */
    public enum Order {
        NAME(Comparator.comparing(Entry::name)),
        ACCURACY(best(Entry::topOne)),
        SPEED(best(entry -> entry.speed().map(Speed::imagesPerSecond))),
        PARAMETERS(Comparator.comparing(Entry::parameters)),
        MULTIPLY_ADDS(Comparator.comparing(Entry::multiplyAdds)),
        SIZE(Comparator.comparing(Entry::parameters));

        private final Comparator<Entry> comparator;

        Order(Comparator<Entry> comparator) {
            this.comparator = comparator;
        }

        private static Comparator<Entry> best(Function<Entry, Optional<Double>> figure) {
            return Comparator.comparing(entry -> -figure.apply(entry).orElse(Double.NEGATIVE_INFINITY));
        }
    }

    /**
     * @param paper of the family
     * @param published what is known of the published weights, if there are any
     * @param topOne accuracy in percent, on the data that the weights were published or trained for
     * @param preprocessing how pixels are scaled for the weights
     * @param weights where the file is, if it is here
     * @param speed as it was measured on this machine, if it was
     */
    public record Entry(
            String family,
            String paper,
            String name,
            int inputSize,
            long parameters,
            long multiplyAdds,
            Optional<PublishedWeights> published,
            Optional<Double> topOne,
            String licence,
            String preprocessing,
            Optional<Path> weights,
            Optional<Speed> speed) {

        public static Entry of(
                String family, String paper, ZooModel model, Optional<Path> weights, Optional<Speed> speed) {
            return new Entry(
                    family,
                    paper,
                    model.name(),
                    model.inputSize(),
                    model.parameters(),
                    model.multiplyAdds(),
                    model.published(),
                    model.published().flatMap(PublishedWeights::topOne),
                    model.published().map(PublishedWeights::licence).orElse(""),
                    model.preprocessing().word(),
                    weights,
                    speed);
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

        /** Of the file with all layers: its numbers, beside which nothing else counts. */
        private Long downloadBytes() {
            return published.isPresent() ? parameters * Float.BYTES : null;
        }

        private String where() {
            return weights.map(path -> "here")
                    .orElseGet(() -> published.isPresent()
                            ? Figure.grouped(Math.round(parameters * Float.BYTES / MILLION)) + " MB"
                            : "to train");
        }

        private String size() {
            return inputSize + "x" + inputSize;
        }
    }

    public ModelList {
        List<Entry> sorted = new ArrayList<>(entries);
        order.ifPresent(by -> sorted.sort(by.comparator));
        entries = List.copyOf(sorted);
    }

    public String as(Format format) {
        ResultTable<Entry> table = new ResultTable<>(entries)
                .all("name", Entry::name)
                .text("input", entry -> String.valueOf(entry.inputSize()))
                .csv("input", Entry::size)
                .json("input_size", Entry::inputSize)
                .text("params", entry -> Figure.inMillions(entry.parameters()))
                .data("parameters", Entry::parameters)
                .text("madds", entry -> Figure.inMillions(entry.multiplyAdds()))
                .text("top-1", entry -> text(entry.topOne()))
                .data("top1_percent", entry -> entry.topOne().orElse(null))
                .data("top5_percent", entry -> entry.topFive().orElse(null))
                .data("licence", entry -> orNull(entry.licence()))
                .data("file", entry -> orNull(entry.file()))
                .json("url", Entry::url)
                .data("weights", entry -> entry.weights().map(Path::toString).orElse(null))
                .data("family", Entry::family)
                .data("paper", entry -> orNull(entry.paper()))
                .data("multiply_adds", Entry::multiplyAdds)
                .data("download_bytes", Entry::downloadBytes)
                .data("preprocessing", Entry::preprocessing)
                .text("img/s", entry -> entry.speed()
                        .map(speed -> rate(speed.imagesPerSecond()))
                        .orElse(""))
                .data(
                        "images_per_second",
                        entry -> entry.speed().map(Speed::imagesPerSecond).orElse(null))
                .data("batch_size", entry -> entry.speed().map(Speed::batchSize).orElse(null))
                .text("weights", Entry::where);
        return switch (format) {
            case TEXT -> order.isPresent() ? table.asText() : grouped(table.asText());
            case JSON, JSONL -> Json.text(table.asJson()) + "\n";
            case CSV -> table.asCsv();
        };
    }

    /** With a line in front of each family. */
    private String grouped(String table) {
        List<String> lines = table.lines().toList();
        StringBuilder text = new StringBuilder();
        int header = lines.size() - entries.size();
        lines.subList(0, header).forEach(line -> text.append(line).append('\n'));
        String family = "";
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!entry.family().equals(family)) {
                family = entry.family();
                text.append(family)
                        .append(entry.paper().isEmpty() ? "" : ", " + entry.paper())
                        .append('\n');
            }
            text.append(lines.get(header + i)).append('\n');
        }
        return text.toString();
    }

    private static String text(Optional<Double> number) {
        return number.map(String::valueOf).orElse("");
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%.0f", perSecond);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
