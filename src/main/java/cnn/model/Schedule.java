package cnn.model;

import java.util.Locale;
import java.util.Map;

/**
 * How the learning rate goes on in a phase.
 *
 * @param warmupSteps steps at its beginning in which the rate rises evenly from 0 (Goyal et al. 2017, section 2.2)
 */
public record Schedule(Decay decay, int warmupSteps) {
    public static final Schedule CONSTANT = new Schedule(Decay.CONSTANT, 0);

    /** How the rate falls after that. */
    public enum Decay {
        CONSTANT,
        /** Half a cosine wave from step to step, to 0 (Loshchilov and Hutter 2017, equation 5, without restarts). */
        COSINE,
        /** The same wave, with one rate for each epoch. */
        COSINE_EPOCHS;

        /** As {@code --schedule} spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Schedule {
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("a warm-up of " + warmupSteps + " steps");
        }
    }

    /**
     * What the phase's learning rate is multiplied with, as Keras's {@code CosineDecay} does from 0 to 1 in the warm-up and
     * over the steps that are left.
     *
     * @param step of the phase, counted from 0
     * @param steps of the phase
     * @param stepsPerEpoch of them in an epoch
     */
    public double factor(long step, long steps, int stepsPerEpoch) {
        if (step < warmupSteps) {
            return (double) step / warmupSteps;
        }
        long done = step - warmupSteps;
        long all = steps - warmupSteps;
        return switch (decay) {
            case CONSTANT -> 1;
            case COSINE -> cosine((double) done / all);
            case COSINE_EPOCHS -> cosine((double) (step / stepsPerEpoch) / (steps / stepsPerEpoch));
        };
    }

    /** All that decides what it does, by the name that it has in a model file. */
    public Map<String, Object> settings() {
        return Map.of("schedule", decay.toString(), "warmup_steps", warmupSteps);
    }

    private static double cosine(double share) {
        return (1 + Math.cos(Math.PI * share)) / 2;
    }
}
