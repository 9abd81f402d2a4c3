package cnn.program;

import cnn.UserError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How gradients change weights: a rule, and what Keras's optimizers do around it ({@code keras/src/optimizers}, {@code
 * base_optimizer.py}).
 *
 * @param learningRate of the step that is next
 * @param weightDecay the share, times the learning rate, that every weight loses before a step: the decoupled decay of
 *     Loshchilov and Hutter 2019, which makes Adam AdamW; 0 for none
 * @param clipnorm the Euclidean norm to which the gradient of a weight is shortened where it is longer, the numbers of one
 *     weight of one layer taken together; empty for none
 */
public record Optimizer(UpdateRule rule, double learningRate, double weightDecay, OptionalDouble clipnorm) {
    private static final double ADAMW_DECAY = 0.004;

    public Optimizer {
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("a weight decay of " + weightDecay);
        }
        if (clipnorm.isPresent() && !(clipnorm.getAsDouble() > 0)) {
            throw new IllegalArgumentException("a clipnorm of " + clipnorm.getAsDouble());
        }
    }

    /** A rule with neither decay nor clipping. */
    public static Optimizer of(UpdateRule rule, double learningRate) {
        return new Optimizer(rule, learningRate, 0, OptionalDouble.empty());
    }

    /**
     * The optimizer of that name, with Keras's defaults but for the momentum of {@code sgd}, which is 0.9.
     *
     * @param learningRate Keras's default where it is empty
     * @throws UserError if there is none of that name, or the rate is not positive
     */
    public static Optimizer named(String name, OptionalDouble learningRate) {
        Optimizer usual =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "rmsprop" -> of(new RmsProp(0.9, 0, 1e-7, false), 1e-3);
                    case "adam" -> of(new Adam(0.9, 0.999, 1e-7, false), 1e-3);
                    case "adamw" -> of(new Adam(0.9, 0.999, 1e-7, false), 1e-3).withWeightDecay(ADAMW_DECAY);
                    case "nadam" -> of(new Nadam(0.9, 0.999, 1e-7), 1e-3);
                    case "adagrad" -> of(new Adagrad(0.1, 1e-7), 1e-3);
                    case "adadelta" -> of(new Adadelta(0.95, 1e-7), 1e-3);
                    case "sgd" -> of(new Sgd(0.9, false), 1e-2);
                    default ->
                        throw UserError.usage(
                                "no optimizer '%s'; there are rmsprop, adam, adamw, nadam, adagrad, adadelta and sgd"
                                        .formatted(name));
                };
        double rate = learningRate.orElse(usual.learningRate());
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw UserError.usage("a learning rate must be above 0, not " + rate);
        }
        return usual.withLearningRate(rate);
    }

    public Optimizer withLearningRate(double rate) {
        return new Optimizer(rule, rate, weightDecay, clipnorm);
    }

    public Optimizer withWeightDecay(double decay) {
        return new Optimizer(rule, learningRate, decay, clipnorm);
    }

    /** As {@code --optimizer} spells it: Adam with decoupled decay is AdamW. */
    public String id() {
        return rule instanceof Adam && weightDecay > 0 ? "adamw" : rule.id();
    }

    /** How many numbers are kept for every weight from step to step. They begin as 0. */
    public int slots() {
        return rule.slots();
    }

    /** All that decides what it does, by Keras's names. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("optimizer", id());
        settings.put("learning_rate", learningRate);
        settings.putAll(new TreeMap<>(rule.settings()));
        settings.put("weight_decay", weightDecay);
        settings.put("clipnorm", clipnorm.isPresent() ? clipnorm.getAsDouble() : "none");
        return settings;
    }
}
