package cnn.train;

import cnn.model.Schedule;
import cnn.program.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Some epochs in which the same layers learn.
 *
 * @param name as {@link EpochRow#phase}
 * @param schedule of the optimizer's learning rate
 * @param trainable layers whose weights change
 * @param batchStatistics batch norms that learn from the batch
 * @param rates see {@link cnn.program.TrainingSetup#rates}
 */
record Phase(
        String name,
        int epochs,
        Optimizer optimizer,
        Schedule schedule,
        Set<String> trainable,
        Set<String> batchStatistics,
        Map<String, Double> rates) {
    Phase {
        trainable = Set.copyOf(trainable);
        batchStatistics = Set.copyOf(batchStatistics);
        rates = Map.copyOf(rates);
    }

    /** The same layers, learning at another rate. */
    Phase with(double learningRate, int otherEpochs) {
        return new Phase(
                name,
                otherEpochs,
                optimizer.withLearningRate(learningRate),
                schedule,
                trainable,
                batchStatistics,
                rates);
    }

    /** The most epochs of all phases together. */
    static int epochs(List<Phase> phases) {
        return phases.stream().mapToInt(Phase::epochs).sum();
    }

    /** How many epochs of this phase there are in a history. */
    int done(List<EpochRow> history) {
        return rows(history).size();
    }

    /**
     * Whether this phase is over after these epochs.
     *
     * @param patience it ends when no epoch was better than the best for so many epochs
     */
    boolean isOver(List<EpochRow> history, OptionalInt patience, Selection selection) {
        List<EpochRow> rows = rows(history);
        int best = 0;
        for (int i = 1; i < rows.size(); i++) {
            best = selection.prefers(rows.get(i), rows.get(best)) ? i : best;
        }
        boolean givenUp = patience.isPresent() && !rows.isEmpty() && rows.size() - 1 - best >= patience.getAsInt();
        return rows.size() >= epochs || givenUp;
    }

    private List<EpochRow> rows(List<EpochRow> history) {
        return history.stream()
                .filter(row -> row.learnt() && row.phase().equals(name))
                .toList();
    }
}
