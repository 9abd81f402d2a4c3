package cnn.train;

import cnn.Counted;
import cnn.model.WeightValues;
import cnn.network.Network;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** One run of a training: phase after phase, epoch after epoch, with checkpoints; or a head that is solved at once. */
final class TrainingRun {
    private static final long NANOS_BETWEEN_CHECKPOINTS = 5_000_000_000L;

    private final StartingModel model;
    private final TrainingRequest request;
    private final List<Phase> phases;
    private final TrainerFactory trainers;
    private final Checkpoint checkpoint;
    private final TrainingListener listener;
    private final OptionalInt checkpointEvery;
    private final BooleanSupplier stopRequested;
    private int inCheckpoint;
    private TrainingState state = TrainingState.START;
    private Optional<LinearHeadTraining.Solved> solved = Optional.empty();
    private List<Integer> averaged = List.of();
    private long lastCheckpoint = System.nanoTime();

    TrainingRun(
            StartingModel model,
            TrainingRequest request,
            TrainerFactory trainers,
            Checkpoint checkpoint,
            TrainingListener listener,
            OptionalInt checkpointEvery,
            BooleanSupplier stopRequested) {
        this.model = model;
        this.request = request;
        this.phases = request.phases(model);
        this.trainers = trainers;
        this.checkpoint = checkpoint;
        this.listener = listener;
        this.checkpointEvery = checkpointEvery;
        this.stopRequested = stopRequested;
    }

    /**
     * How far a run came, and whether to its end.
     *
     * @param solved what the search for a linear head found, if there was one
     * @param averaged the epochs whose weights' mean is kept; none if it is one epoch's
     */
    record Result(
            TrainingState state,
            Optional<LinearHeadTraining.Solved> solved,
            List<Integer> averaged,
            boolean complete) {}

    /** Trains from the beginning or from the checkpoint on, and gives what there is at the end or when it is stopped. */
    Result run(boolean resume) {
        Optional<Checkpoint.Found> found = resume ? checkpoint.read() : Optional.empty();
        try {
            if (found.isPresent()) {
                state = found.get().state();
                inCheckpoint = state.epochs();
                listener.note("going on after epoch " + state.epochs());
            } else if (checkpoint.exists() && request.linear().isEmpty()) {
                listener.note(
                        checkpoint.file() + " is of a run that was cut off; starting anew, and it will be written "
                                + "over (--resume would go on with it)");
            } else if (resume) {
                listener.note("there is no checkpoint " + checkpoint.file() + "; starting from the beginning");
            }
            for (int phase = state.phase(); phase < phases.size(); phase++) {
                state = state.inPhase(phase);
                if (request.linear().isPresent()) {
                    solve(request.linear().get(), phases.get(phase));
                } else {
                    train(atMeasuredRate(phases.get(phase)), found);
                }
                found = close(found);
            }
            average();
            return new Result(state, solved, averaged, true);
        } catch (TrainingStopped e) {
            return new Result(state, solved, List.of(), false);
        } finally {
            close(found);
        }
    }

    private void solve(LinearHead head, Phase phase) {
        LinearHeadTraining.Solved result = new LinearHeadTraining(request, head, trainers, listener, stopRequested)
                .solve(phase, model.network().output());
        solved = Optional.of(result);
        listener.solved(result.row(), result.found());
        state = state.plus(
                result.row(), Optional.of(new TrainingState.Best(result.row(), state.phase(), result.weights())));
    }

    private void train(Phase phase, Optional<Checkpoint.Found> found) {
        Network tail = trainers.tail(phase);
        try (Trainer training = trainers.open(phase, state.bestWeights(model), this::stopsNow)) {
            if (found.isPresent()) {
                restore(training, found.get());
            } else if (state.best().isEmpty() && !model.newHead()) {
                EpochRow before = training.before();
                state = state.plusBefore(before);
                listener.epoch(before, Phase.epochs(phases), state.history());
            }
            while (!phase.isOver(state.history(), request.patience(), request.selection())) {
                int epoch = state.epochs() + 1;
                EpochRow row = training.epoch(
                        epoch,
                        phase.done(state.history()),
                        (done, all) -> listener.batch(epoch, Phase.epochs(phases), done, all));
                state = state.plus(row, () -> WeightValues.copy(tail, training.weights()), request.selection());
                listener.epoch(row, Phase.epochs(phases), state.history());
                keep(training);
            }
        }
    }

    /** The fine-tuning at the best of some learning rates, if it is to be measured; from the best weights so far with each. */
    private Phase atMeasuredRate(Phase phase) {
        Optional<FineTuning> tuning =
                request.fineTuning().filter(FineTuning::measured).filter(found -> state.phase() == phases.size() - 1);
        if (tuning.isEmpty()) {
            return phase;
        }
        if (state.trials().isEmpty()) {
            state = state.tried(new RateSearch(request, trainers, listener, stopRequested)
                    .run(phase, state.bestWeights(model), state.epochs()));
        }
        RateTrial best = RateTrial.best(state.trials(), request.selection());
        listener.note("learning rate %s is the best of %d; %s with it"
                .formatted(best.rate(), state.trials().size(), Counted.of(phase.epochs(), "epoch")));
        return phase.with(best.rate(), phase.epochs());
    }

    /** Keeps the mean of the last phase's best weights if it is better than what is best so far. */
    private void average() {
        Optional<Map<String, float[]>> mean = state.mean();
        if (mean.isEmpty()) {
            return;
        }
        Phase phase = phases.get(state.phase());
        WeightValues all = new WeightValues(mean.get(), model.model().weights());
        EpochRow first = state.candidates().get(0).row();
        EpochRow row = EpochRow.of(
                first.epoch(),
                trainers.judge(phase, trainers.training(phase), all),
                trainers.judge(phase, trainers.validation(phase), all),
                phase);
        List<Integer> epochs = state.candidates().stream()
                .map(candidate -> candidate.row().epoch())
                .toList();
        boolean better =
                request.selection().prefers(row, state.best().orElseThrow().row());
        listener.note("the mean of epochs %s has %s, which is %s"
                .formatted(
                        epochs,
                        request.selection().by().words(row),
                        better ? "the best and kept" : "not better than the best of them"));
        if (better) {
            state = state.keeping(new TrainingState.Best(row, state.phase(), mean.get()));
            averaged = epochs;
        }
    }

    private void keep(Trainer training) {
        int done = state.epochs();
        boolean due = stopRequested.getAsBoolean() || isDue(done);
        if (due) {
            checkpoint.write(state, training::save);
            inCheckpoint = done;
            lastCheckpoint = System.nanoTime();
        }
        if (stopRequested.getAsBoolean() && inCheckpoint == done) {
            throw new TrainingStopped();
        }
    }

    private boolean isDue(int done) {
        return checkpointEvery.isPresent()
                ? done % checkpointEvery.getAsInt() == 0
                : System.nanoTime() - lastCheckpoint >= NANOS_BETWEEN_CHECKPOINTS;
    }

    /** In the middle of an epoch only where nothing is lost by that but the epoch itself. */
    private boolean stopsNow() {
        return stopRequested.getAsBoolean() && state.epochs() == inCheckpoint;
    }

    private static void restore(Trainer training, Checkpoint.Found found) {
        try {
            training.restore(found.network());
        } catch (IOException e) {
            throw new IllegalStateException("a checkpoint of the right digest cannot be read", e);
        }
    }

    private static Optional<Checkpoint.Found> close(Optional<Checkpoint.Found> found) {
        try {
            if (found.isPresent()) {
                found.get().close();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a file that was read cannot be closed", e);
        }
    }
}
