package cnn.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that Keras wrote, and what Keras answered.
 *
 * @param path of the file
 * @param architecture a whole model whose weights are replaced by those of the file, which has none but weights
 * @param expected the content of its {@code .expected.json}
 */
record KerasCase(Path path, Optional<Path> architecture, Map<String, Object> expected) {
    private static final List<String> FORMATS = List.of(".weights.h5", ".keras", ".h5");
    private static final double TOLERANCE = 2e-5;
    /** Of logits; ten times as strict as what comes with the files. */
    private static final double RELATIVE = 1e-5;

    private static final double TOLERANCE_16_BIT = 5e-3;

    enum Outcome {
        EQUAL,
        REFUSED_RIGHTLY,
        REFUSED,
        WRONG,
        CRASHED
    }

    record Result(Outcome outcome, String line) {}

    /** All files of a folder, sorted by name. */
    static List<KerasCase> in(Path files, Path temporary) throws IOException {
        List<KerasCase> cases = new ArrayList<>();
        try (Stream<Path> found = Files.list(files)) {
            for (Path path : found.sorted(Comparator.comparing(Path::toString)).toList()) {
                Optional<String> format = FORMATS.stream()
                        .filter(suffix -> path.toString().endsWith(suffix))
                        .findFirst();
                if (format.isPresent()) {
                    String name = path.getFileName().toString().replace(format.get(), "");
                    Map<String, Object> expected = json(files.resolve(name + ".expected.json"));
                    Optional<Path> architecture = format.get().equals(".weights.h5")
                            ? KerasArchitectures.of(files, name, expected, temporary)
                            : Optional.empty();
                    cases.add(new KerasCase(path, architecture, expected));
                }
            }
        }
        return cases;
    }

    static Map<String, Object> json(Path file) throws IOException {
        return JSON.std.mapFrom(Files.readString(file).replaceAll("-?(NaN|Infinity)", "null"));
    }

    String fileName() {
        return path.getFileName().toString();
    }

    String format() {
        return FORMATS.stream().filter(fileName()::endsWith).findFirst().orElseThrow();
    }

    /** Classifies the pictures and compares. */
    Result judge() throws IOException {
        if (!expected.get("expect").equals("read")) {
            Transcript said = classify(Path.of("sample-images/daisy.jpg"));
            return refused(said)
                    ? result(Outcome.REFUSED_RIGHTLY, said.err())
                    : result(said.exitCode() == 0 ? Outcome.WRONG : Outcome.CRASHED, "exit " + said.exitCode());
        }
        double farthest = 0;
        boolean near = true;
        for (Map.Entry<?, ?> input : ((Map<?, ?>) expected.get("inputs")).entrySet()) {
            Transcript said = classify(photo((String) input.getKey()));
            if (said.exitCode() != 0) {
                Outcome outcome = refused(said) ? Outcome.REFUSED : Outcome.CRASHED;
                return result(outcome, "exit " + said.exitCode() + ": " + said.err());
            }
            float[] answers = answers(said);
            double[] keras = probabilities((Map<?, ?>) input.getValue());
            if (answers.length != keras.length) {
                return result(Outcome.WRONG, answers.length + " classes, not " + keras.length);
            }
            for (int i = 0; i < keras.length; i++) {
                farthest = Math.max(farthest, Math.abs(answers[i] - keras[i]));
                near &= Math.abs(answers[i] - keras[i]) <= Math.max(tolerance(), keras[i] * RELATIVE * spread(keras));
            }
        }
        return result(near ? Outcome.EQUAL : Outcome.WRONG, "off by %.1e".formatted(farthest));
    }

    /** What has to be said of a model that leaves the size of its input open. */
    List<String> sizeOptions() {
        List<?> size = (List<?>) expected.get("image_size");
        return fileName().startsWith("open_size")
                ? List.of("--input-size", size.get(0) + "x" + size.get(1))
                : List.of();
    }

    private Transcript classify(Path picture) {
        List<String> words = new ArrayList<>(List.of("classify", "-q", "-k", "100000", "-f", "json"));
        words.addAll(List.of("-m", architecture.orElse(path).toString()));
        if (architecture.isPresent()) {
            words.addAll(List.of("--weights", path.toString()));
        }
        if ("unit".equals(expected.get("feed"))) {
            words.addAll(List.of("--scale", "0..1"));
        }
        words.addAll(sizeOptions());
        words.add(picture.toString());
        return Transcript.of(words.toArray(String[]::new));
    }

    private Path photo(String name) {
        Path beside = path.resolveSibling("../photos").resolve(name);
        return Files.exists(beside) ? beside : Path.of("../shared/photos").resolve(name);
    }

    private double tolerance() {
        return expected.get("feature_class").equals("mixed precision") ? TOLERANCE_16_BIT : TOLERANCE;
    }

    /** Between the largest and the smallest logit: so much softmax magnifies what they are off by. */
    private static double spread(double[] probabilities) {
        DoubleSummaryStatistics logits = Arrays.stream(probabilities)
                .map(Math::log)
                .filter(Double::isFinite)
                .summaryStatistics();
        return logits.getMax() - logits.getMin();
    }

    private static boolean refused(Transcript said) {
        return said.exitCode() == 4 && said.err().lines().count() == 1;
    }

    private static float[] answers(Transcript said) throws IOException {
        Map<?, ?> row = (Map<?, ?>) JSON.std.listFrom(said.out()).get(0);
        List<?> predictions = (List<?>) row.get("predictions");
        float[] byIndex = new float[predictions.size()];
        for (Object one : predictions) {
            Map<?, ?> prediction = (Map<?, ?>) one;
            byIndex[((Number) prediction.get("index")).intValue()] =
                    ((Number) prediction.get("probability")).floatValue();
        }
        return byIndex;
    }

    /** What Keras gave, as probabilities of classes. */
    private double[] probabilities(Map<?, ?> byFeed) {
        double[] output = ((List<?>) byFeed.get(expected.get("feed")))
                .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
        boolean logits = fileName().contains("logit")
                || fileName().startsWith("h_flowers_tutorial")
                || fileName().startsWith("mnist_mlp_28x28");
        if (output.length == 1) {
            double second = logits ? 1 / (1 + Math.exp(-output[0])) : output[0];
            return new double[] {1 - second, second};
        }
        if (logits) {
            double sum = 0;
            for (double logit : output) {
                sum += Math.exp(logit);
            }
            for (int i = 0; i < output.length; i++) {
                output[i] = Math.exp(output[i]) / sum;
            }
        }
        return output;
    }

    private Result result(Outcome outcome, String why) {
        return new Result(outcome, "%-28s %-16s %s".formatted(fileName(), outcome, why.strip()));
    }
}
