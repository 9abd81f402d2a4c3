package cnn.advise;

import cnn.model.ModelRequest;
import cnn.model.Schedule;
import cnn.program.Optimizer;
import cnn.train.FineTuning;
import cnn.train.LinearHead;
import cnn.train.TrainingRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An advice as trainings: first a linear head, then perhaps fine-tuning from it.
 *
 * @param asked all that is not chosen by the advice
 * @param why it is chosen, which the model keeps
 */
public record Proposal(Advice advice, TrainingRequest asked, String why) {
    private static final int FOLDS = 5;

    /** The linear head. */
    public TrainingRequest head() {
        Candidate proposed = advice.proposed();
        return request(
                proposed.model(),
                Optional.empty(),
                Optional.of(proposed.layer()).filter(layer -> !proposed.atEnd()),
                Optional.of(new LinearHead(OptionalDouble.empty(), FOLDS, false)),
                Optional.empty());
    }

    /** Fine-tuning as it was tried. */
    public TrainingRequest tuning(Path head) {
        ModelRequest model = new ModelRequest(
                head.toString(),
                advice.proposed().model().weights(),
                false,
                advice.proposed().model().seed(),
                Optional.empty());
        return request(
                model,
                Optional.of(head),
                Optional.empty(),
                Optional.empty(),
                Optional.of(advice.trial().tuning()));
    }

    private TrainingRequest request(
            ModelRequest model,
            Optional<Path> from,
            Optional<String> layer,
            Optional<LinearHead> linear,
            Optional<FineTuning> tuning) {
        Optimizer optimizer = tuning.isPresent() ? TrialRecipe.optimizer() : asked.optimizer();
        Schedule schedule = tuning.isPresent() ? TrialRecipe.SCHEDULE : asked.schedule();
        return new TrainingRequest(
                asked.data(),
                model,
                from,
                layer,
                linear,
                Optional.empty(),
                tuning,
                asked.epochs(),
                asked.batchSize(),
                optimizer,
                schedule,
                asked.augmentation(),
                asked.regularization(),
                asked.balanced(),
                asked.patience(),
                asked.selection(),
                asked.validationSplit(),
                asked.precision(),
                asked.novelty(),
                asked.images(),
                Optional.of(why));
    }
}
