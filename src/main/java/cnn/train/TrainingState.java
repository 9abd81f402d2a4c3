package cnn.train;

import cnn.model.WeightValues;
import cnn.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far a training is, but for the state of the network that learns.
 *
 * @param phase index of the phase that is under way
 * @param history the epochs so far, after the model as it was before where it was trained already
 * @param best the epoch to be kept, if there is one yet
 * @param candidates the best epochs of the phase that is under way, as many as are to be averaged, the best first; none where
 *     nothing is averaged
 * @param trials what learning rates came to that were tried for the fine-tuning; none before, or where it was given
 */
record TrainingState(
        int phase, List<EpochRow> history, Optional<Best> best, List<Best> candidates, List<RateTrial> trials) {

    /**
     * The best epoch so far.
     *
     * @param phase index of the phase it was in; -1 for the model as it was before
     * @param weights of the layers above that phase's cut; none for the model as it was before
     */
    record Best(EpochRow row, int phase, Map<String, float[]> weights) {}

    static final TrainingState START = new TrainingState(0, List.of(), Optional.empty(), List.of(), List.of());

    TrainingState {
        history = List.copyOf(history);
        candidates = List.copyOf(candidates);
        trials = List.copyOf(trials);
    }

    /** With what learning rates came to. */
    TrainingState tried(List<RateTrial> found) {
        return new TrainingState(phase, history, best, candidates, found);
    }

    /** With one more epoch, and what is best now. */
    TrainingState plus(EpochRow row, Optional<Best> nowBest) {
        List<EpochRow> longer = new ArrayList<>(history);
        longer.add(row);
        return new TrainingState(phase, longer, nowBest, candidates, trials);
    }

    /**
     * With one more epoch.
     *
     * @param weights gives its weights, which are asked for only if they are kept
     */
    TrainingState plus(EpochRow row, Supplier<Map<String, float[]>> weights, Selection selection) {
        boolean better = best.isEmpty() || selection.prefers(row, best.get().row());
        List<Best> ranked = new ArrayList<>(candidates);
        if (selection.averaged() == 1) {
            return plus(row, better ? Optional.of(new Best(row, phase, weights.get())) : best);
        }
        boolean ranks = ranked.size() < selection.averaged()
                || selection.prefers(row, ranked.get(ranked.size() - 1).row());
        if (!better && !ranks) {
            return plus(row, best);
        }
        Best epoch = new Best(row, phase, weights.get());
        ranked.add(epoch);
        ranked.sort(Comparator.comparing(Best::row, selection.order()));
        TrainingState longer = plus(row, better ? Optional.of(epoch) : best);
        return new TrainingState(
                phase,
                longer.history,
                longer.best,
                ranked.subList(0, Math.min(ranked.size(), selection.averaged())),
                trials);
    }

    /** The mean of the candidates' weights; empty if there are not at least two. */
    Optional<Map<String, float[]>> mean() {
        if (candidates.size() < 2) {
            return Optional.empty();
        }
        Map<String, float[]> mean = new LinkedHashMap<>();
        candidates.get(0).weights().forEach((name, values) -> {
            float[] means = new float[values.length];
            for (int i = 0; i < means.length; i++) {
                double sum = 0;
                for (Best candidate : candidates) {
                    sum += candidate.weights().get(name)[i];
                }
                means[i] = (float) (sum / candidates.size());
            }
            mean.put(name, means);
        });
        return Optional.of(mean);
    }

    /** With other weights as the best. */
    TrainingState keeping(Best other) {
        return new TrainingState(phase, history, Optional.of(other), candidates, trials);
    }

    /** With the model as it was before, which is the best so far. */
    TrainingState plusBefore(EpochRow before) {
        return plus(before, Optional.of(new Best(before, -1, Map.of())));
    }

    /** How many epochs have been learnt in. */
    int epochs() {
        return (int) history.stream().filter(EpochRow::learnt).count();
    }

    TrainingState inPhase(int next) {
        return new TrainingState(next, history, best, next == phase ? candidates : List.of(), trials);
    }

    /** The weights of all layers of a model as they were in the best epoch so far; to begin with its own. */
    Weights bestWeights(StartingModel model) {
        return best.<Weights>map(
                        epoch -> new WeightValues(epoch.weights(), model.model().weights()))
                .orElse(model.model().weights());
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(phase);
        out.writeInt(history.size());
        for (EpochRow row : history) {
            write(out, row);
        }
        out.writeBoolean(best.isPresent());
        if (best.isPresent()) {
            write(out, best.get());
        }
        out.writeInt(candidates.size());
        for (Best candidate : candidates) {
            write(out, candidate);
        }
        out.writeInt(trials.size());
        for (RateTrial trial : trials) {
            out.writeDouble(trial.rate());
            write(out, trial.row());
        }
    }

    static TrainingState read(DataInput in) throws IOException {
        int phase = in.readInt();
        List<EpochRow> history = new ArrayList<>();
        int rows = in.readInt();
        for (int i = 0; i < rows; i++) {
            history.add(readRow(in));
        }
        Optional<Best> best = in.readBoolean() ? Optional.of(readBest(in)) : Optional.empty();
        List<Best> candidates = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            candidates.add(readBest(in));
        }
        List<RateTrial> trials = new ArrayList<>();
        int tried = in.readInt();
        for (int i = 0; i < tried; i++) {
            trials.add(new RateTrial(in.readDouble(), readRow(in)));
        }
        return new TrainingState(phase, history, best, candidates, trials);
    }

    private static void write(DataOutput out, Best best) throws IOException {
        write(out, best.row());
        out.writeInt(best.phase());
        WeightValues.write(out, best.weights());
    }

    private static Best readBest(DataInput in) throws IOException {
        return new Best(readRow(in), in.readInt(), WeightValues.read(in));
    }

    private static void write(DataOutput out, EpochRow row) throws IOException {
        out.writeInt(row.epoch());
        out.writeDouble(row.loss());
        out.writeDouble(row.accuracy());
        out.writeDouble(row.valLoss());
        out.writeDouble(row.valAccuracy());
        out.writeDouble(row.valMacroF1());
        out.writeUTF(row.phase());
    }

    private static EpochRow readRow(DataInput in) throws IOException {
        return new EpochRow(
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readUTF());
    }
}
