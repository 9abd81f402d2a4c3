package cnn.train;

import cnn.Counted;
import cnn.UserError;
import cnn.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tries some learning rates, each from the same weights on and for a part of the epochs. */
record RateSearch(
        TrainingRequest request, TrainerFactory trainers, TrainingListener listener, BooleanSupplier stopRequested) {

    /**
     * What each rate comes to, but for those with which the loss runs away.
     *
     * @param start weights of all layers
     * @param before epochs of the phases before
     * @throws UserError if it does with all of them
     */
    List<RateTrial> run(Phase phase, Weights start, int before) {
        List<Double> rates = RateTrial.rates(request.optimizer());
        List<RateTrial> trials = new ArrayList<>();
        for (double rate : rates) {
            Phase shorter = phase.with(rate, RateTrial.epochs(phase.epochs()));
            trial(shorter, start, before).ifPresent(row -> trials.add(new RateTrial(rate, row)));
        }
        if (trials.isEmpty()) {
            throw UserError.data(
                    "the loss is no finite number any more with any of the learning rates %s; give one with "
                                    .formatted(rates)
                            + "--finetune-learning-rate");
        }
        return trials;
    }

    private Optional<EpochRow> trial(Phase phase, Weights start, int before) {
        double rate = phase.optimizer().learningRate();
        List<EpochRow> rows = new ArrayList<>();
        try (Trainer training = trainers.open(phase, start, stopRequested)) {
            for (int done = 0; done < phase.epochs(); done++) {
                rows.add(training.epoch(before + done + 1, done, Trainer.BatchProgress.NONE));
            }
        } catch (UserError e) { // of a loss that ran away; a smaller rate may do
            listener.note("learning rate %s: %s".formatted(rate, e.getMessage()));
            return Optional.empty();
        }
        EpochRow best = rows.stream().min(request.selection().order()).orElseThrow();
        listener.note("learning rate %s: %s after %s"
                .formatted(rate, request.selection().by().words(best), Counted.of(rows.size(), "epoch")));
        return Optional.of(best);
    }
}
