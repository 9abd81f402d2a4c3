package cnn.train;

import cnn.model.WeightValues;
import cnn.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a training is, but for the state of the network that learns.
 *
 * @param phase index of the phase that is under way
 * @param history the epochs so far, after the model as it was before where it was trained already
 * @param best the epoch to be kept, if there is one yet
 */
record TrainingState(int phase, List<EpochRow> history, Optional<Best> best) {

    /**
     * The best epoch so far.
     *
     * @param phase index of the phase it was in; -1 for the model as it was before
     * @param weights of the layers above that phase's cut; none for the model as it was before
     */
    record Best(EpochRow row, int phase, Map<String, float[]> weights) {}

    static final TrainingState START = new TrainingState(0, List.of(), Optional.empty());

    TrainingState {
        history = List.copyOf(history);
    }

    /** With one more epoch, and what is best now. */
    TrainingState plus(EpochRow row, Optional<Best> nowBest) {
        List<EpochRow> longer = new ArrayList<>(history);
        longer.add(row);
        return new TrainingState(phase, longer, nowBest);
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
        return new TrainingState(next, history, best);
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
            write(out, best.get().row());
            out.writeInt(best.get().phase());
            WeightValues.write(out, best.get().weights());
        }
    }

    static TrainingState read(DataInput in) throws IOException {
        int phase = in.readInt();
        List<EpochRow> history = new ArrayList<>();
        int rows = in.readInt();
        for (int i = 0; i < rows; i++) {
            history.add(readRow(in));
        }
        Optional<Best> best = in.readBoolean()
                ? Optional.of(new Best(readRow(in), in.readInt(), WeightValues.read(in)))
                : Optional.empty();
        return new TrainingState(phase, history, best);
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
