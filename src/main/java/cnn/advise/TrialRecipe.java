package cnn.advise;

import cnn.model.Schedule;
import cnn.program.Optimizer;
import cnn.train.FineTuning;
import cnn.train.Unfreezing;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;

/** How a trial fine-tunes, and how it is typed. */
public final class TrialRecipe {
    static final Schedule SCHEDULE = new Schedule(Schedule.Decay.COSINE, 0);
    static final int BATCH = 32;
    private static final String OPTIMIZER = "adam";
    private static final int EPOCHS = 5;
    private static final double RATE = 1e-4;

    private TrialRecipe() {}

    static Optimizer optimizer() {
        return Optimizer.named(OPTIMIZER, OptionalDouble.empty());
    }

    static FineTuning tuning(Unfreezing unfreezing) {
        return new FineTuning(unfreezing, EPOCHS, RATE, 1, false);
    }

    /** The options of {@code cnn finetune} that do the same. */
    public static List<String> words(FineTuning tuning) {
        return List.of(
                "--unfreeze",
                tuning.unfreeze().spec(),
                "--optimizer",
                OPTIMIZER,
                "--schedule",
                SCHEDULE.decay().toString(),
                "--finetune-epochs",
                String.valueOf(tuning.epochs()),
                "--finetune-learning-rate",
                BigDecimal.valueOf(tuning.learningRate()).stripTrailingZeros().toPlainString());
    }
}
