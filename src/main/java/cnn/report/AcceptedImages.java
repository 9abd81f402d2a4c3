package cnn.report;

import cnn.evaluate.Evaluation;
import cnn.metrics.RiskCoverage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** From which probability on 99 % of the answers are right, and how many images have such a one. */
final class AcceptedImages {
    private static final double RIGHT = 0.99;

    private AcceptedImages() {}

    /** The most images of which so many are right; empty where there are none. */
    static Optional<RiskCoverage.Point> of(RiskCoverage curve) {
        return curve.atAccuracy(RIGHT);
    }

    static Optional<RiskCoverage.Point> of(Evaluation evaluation) {
        return of(RiskCoverage.of(evaluation.scores()));
    }

    /** In words for a terminal. */
    static String words(Evaluation evaluation) {
        return of(evaluation)
                .map(point -> point.threshold() == 0
                        ? "right without a threshold"
                        : "right with --threshold %s, which accepts %s"
                                .formatted(threshold(point), Figure.percent(point.coverage())))
                .orElse("right with no threshold");
    }

    /** An object for {@link cnn.json.Json#text}; null where there is no such threshold. */
    static Map<String, Object> object(Evaluation evaluation) {
        return of(evaluation)
                .map(point -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("threshold", point.threshold());
                    object.put("images", point.images());
                    object.put("coverage", point.coverage());
                    object.put("accuracy", point.accuracy());
                    return object;
                })
                .orElse(null);
    }

    /** With all its digits, so that it may be typed. */
    static String threshold(RiskCoverage.Point point) {
        return new BigDecimal(String.valueOf(point.threshold())).toPlainString();
    }
}
