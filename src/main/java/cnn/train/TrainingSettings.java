package cnn.train;

import cnn.image.Augmentation;
import cnn.model.Schedule;
import cnn.program.Optimizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How to train.
 *
 * @param phases one after the other, each from the best weights of the one before; at least one
 * @param batchSize samples of a step
 * @param balanced whether rare classes weigh more: n / (k n_c) for a class of n_c of all n samples of k classes, as
 *     scikit-learn's {@code class_weight='balanced'}
 * @param patience a phase ends when its validation loss has not improved for so many epochs
 * @param seed of the order of the samples, of dropout and of augmentation
 * @param checkpointEvery epochs; empty: after each, but not more often than every few seconds
 * @param described everything that decides the result, for the model file and to know a checkpoint by; values are strings,
 *     numbers and booleans
 */
public record TrainingSettings(
        List<Phase> phases,
        int batchSize,
        Augmentation augmentation,
        boolean balanced,
        OptionalInt patience,
        long seed,
        OptionalInt checkpointEvery,
        Map<String, Object> described) {

    /**
     * Some epochs in which the same layers learn.
     *
     * @param name as {@link EpochRow#phase}
     * @param schedule of the optimizer's learning rate
     * @param trainable layers whose weights change
     */
    public record Phase(String name, int epochs, Optimizer optimizer, Schedule schedule, Set<String> trainable) {
        public Phase {
            trainable = Set.copyOf(trainable);
        }

        /** How many epochs of this phase there are in a history. */
        int done(List<EpochRow> history) {
            return rows(history).size();
        }

        private List<EpochRow> rows(List<EpochRow> history) {
            return history.stream()
                    .filter(row -> row.learnt() && row.phase().equals(name))
                    .toList();
        }
    }

    public TrainingSettings {
        phases = List.copyOf(phases);
        described = Collections.unmodifiableMap(new LinkedHashMap<>(described));
    }

    /** The most epochs of all phases together. */
    int epochs() {
        return phases.stream().mapToInt(Phase::epochs).sum();
    }

    /** Whether a phase is over after these epochs. */
    boolean isOver(Phase phase, List<EpochRow> history) {
        List<EpochRow> rows = phase.rows(history);
        int best = 0;
        for (int i = 1; i < rows.size(); i++) {
            best = rows.get(i).beats(rows.get(best)) ? i : best;
        }
        boolean givenUp = patience.isPresent() && !rows.isEmpty() && rows.size() - 1 - best >= patience.getAsInt();
        return rows.size() >= phase.epochs() || givenUp;
    }
}
