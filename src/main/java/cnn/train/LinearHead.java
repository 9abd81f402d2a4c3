package cnn.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * That a single dense layer is put on the base's pooled features and solved for its one optimum, and how.
 *
 * @param penalty C, as scikit-learn's {@code LogisticRegression} has it; empty: the best of a path by cross-validation
 * @param folds of the cross-validation
 * @param refitAll whether the layer learns from the validation images too, once the penalty is chosen and judged by them
 */
public record LinearHead(OptionalDouble penalty, int folds, boolean refitAll) {
    public LinearHead {
        if (folds < 2) {
            throw new IllegalArgumentException("a cross-validation of " + folds + " folds");
        }
        if (penalty.isPresent() && !(penalty.getAsDouble() > 0 && Double.isFinite(penalty.getAsDouble()))) {
            throw new IllegalArgumentException("a penalty of " + penalty.getAsDouble());
        }
    }

    /** All that decides the result, by the name that it has in a model file. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("penalty", penalty.isPresent() ? penalty.getAsDouble() : "auto");
        settings.put("folds", folds);
        settings.put("refit", refitAll ? "all" : "train");
        return settings;
    }
}
