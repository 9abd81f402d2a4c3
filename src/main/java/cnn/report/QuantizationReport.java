package cnn.report;

import cnn.Counted;
import cnn.classify.PairedThroughput;
import cnn.evaluate.LayerNoise;
import cnn.evaluate.PrecisionTrial;
import cnn.evaluate.PrecisionTrial.Accuracies;
import cnn.json.Json;
import cnn.model.Calibrated;
import cnn.program.FloatStep;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What quantization of a model came to: fp32 against int8.
 *
 * @param model as the user named it
 * @param failed images that could not be read
 * @param judged which images judged it, in words
 * @param layers with their noise, the worst first, of which the ten worst are kept and all that are noisy
 * @param speed of both, images a second
 * @param batchSize and {@code threads}, with which that was measured
 * @param inFloat the layers that int8 leaves in float32
 * @param file where the ranges are
 */
public record QuantizationReport(
        String model,
        Calibrated calibrated,
        int failed,
        String judged,
        PrecisionTrial trial,
        List<LayerNoise> layers,
        PairedThroughput speed,
        int batchSize,
        int threads,
        List<FloatStep> inFloat,
        Path file) {
    private static final int WORST = 10;
    /** A tenth of the signal: what is below that is said. */
    private static final double NOISY_DECIBELS = 20;

    public QuantizationReport {
        long noisy = layers.stream().filter(QuantizationReport::isNoisy).count();
        layers = layers.stream().limit(Math.max(WORST, noisy)).toList();
        inFloat = List.copyOf(inFloat);
    }

    /** One object on a line. */
    public String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", model);
        object.put("method", calibrated.method().id());
        object.put("calibration_images", calibrated.images());
        object.put("failed", failed);
        object.put("judged", judged);
        object.put("judged_images", trial.images());
        object.put("agreement", trial.agreement());
        object.put("agreement_interval", EvaluationJson.interval(trial.agreementInterval()));
        object.put("mean_probability_difference", trial.meanDifference());
        object.put("worst_probability_difference", trial.worstDifference());
        object.put(
                "accuracy", trial.accuracy().map(QuantizationReport::accuracy).orElse(null));
        object.put("drop_points", trial.drop());
        object.put("fp32_images_per_second", speed.first());
        object.put("int8_images_per_second", speed.second());
        object.put("batch_size", batchSize);
        object.put("threads", threads);
        object.put("layers", noise().asJson());
        object.put("noisy_layers", noisyLayers());
        object.put("fp32_layers", floats().asJson());
        object.put("keep_fp32", List.copyOf(calibrated.quantization().inFloat()));
        object.put("ranges", file.toString());
        return Json.text(object) + "\n";
    }

    /** The same for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "model", OneLine.of(model));
        line(
                text,
                "calibrated",
                "%s, %s%s"
                        .formatted(
                                Counted.of(calibrated.images(), "image"),
                                calibrated.method().id(),
                                failed == 0 ? "" : "; %,d could not be read".formatted(failed)));
        line(text, "judged", "%s, %s".formatted(Counted.of(trial.images(), "image"), judged));
        line(
                text,
                "agreement",
                "%s of the first class (95 %%: %s)"
                        .formatted(Figure.of(trial.agreement()), Figure.of(trial.agreementInterval())));
        line(
                text,
                "probability",
                "an image's largest difference: mean %s, worst %s"
                        .formatted(Figure.of(trial.meanDifference()), Figure.of(trial.worstDifference())));
        trial.accuracy().ifPresent(both -> line(text, "accuracy", words(both)));
        line(
                text,
                "speed",
                String.format(
                        Locale.ROOT,
                        "fp32 %.1f, int8 %.1f images a second: %.2f times (batch %d, %d threads)",
                        speed.first(),
                        speed.second(),
                        speed.second() / speed.first(),
                        batchSize,
                        threads));
        line(text, "ranges", OneLine.of(file.toString()));
        if (!noisyLayers().isEmpty()) {
            line(
                    text,
                    "noisy",
                    "%s below 20 dB: %s; --keep-fp32 LAYER leaves one in fp32"
                            .formatted(
                                    Counted.of(noisyLayers().size(), "layer"),
                                    OneLine.of(String.join(", ", noisyLayers()))));
        }
        text.append('\n').append(noise().asText());
        if (!inFloat.isEmpty()) {
            text.append('\n').append(floats().asText());
        }
        return text.toString();
    }

    private static boolean isNoisy(LayerNoise layer) {
        return layer.decibels() < NOISY_DECIBELS;
    }

    private List<String> noisyLayers() {
        return layers.stream()
                .filter(QuantizationReport::isNoisy)
                .map(LayerNoise::layer)
                .toList();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-12s%s%n".formatted(name, value));
    }

    private static String words(Accuracies both) {
        return "fp32 %s, int8 %s; difference %s (95 %%: %s), McNemar's p %s (%s)"
                .formatted(
                        Figure.of(both.fp32()),
                        Figure.of(both.int8()),
                        Figure.signed(both.difference().difference()),
                        Figure.signed(both.difference().interval()),
                        Figure.chance(both.difference().test().p()),
                        both.difference().test().method().words());
    }

    private ResultTable<LayerNoise> noise() {
        return new ResultTable<>(layers)
                .text("noisiest layers", LayerNoise::layer)
                .text("signal-to-noise, dB", layer -> String.format(Locale.ROOT, "%.1f", layer.decibels()))
                .json("layer", LayerNoise::layer)
                .json("signal_to_noise_db", layer -> Double.isInfinite(layer.decibels()) ? null : layer.decibels());
    }

    private ResultTable<FloatStep> floats() {
        return new ResultTable<>(inFloat)
                .text("stays in fp32", FloatStep::layer)
                .text("why", FloatStep::reason)
                .json("layer", FloatStep::layer)
                .json("reason", FloatStep::reason);
    }

    private static Map<String, Object> accuracy(Accuracies both) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("fp32", both.fp32());
        object.put("int8", both.int8());
        object.putAll(EvaluationJson.difference(both.difference()));
        return object;
    }
}
