package cnn.cli;

import cnn.UserError;
import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.Temperature;
import cnn.model.Model;
import cnn.model.SavedModel;
import java.util.Optional;

/** The calibration that a model's file holds, for an option that wants it. */
record StoredCalibration(Model model, boolean augmented, Talk talk) {

    /** @throws UserError of kind USAGE if there is none */
    ConfidenceCalibration required(String option) {
        Optional<SavedModel> saved = model.saved();
        if (saved.flatMap(SavedModel::calibration).isEmpty()) {
            String remedy = saved.isEmpty()
                    ? "models that cnn train and finetune make have one: train a head on it"
                    : saved.get().training().complete()
                            ? "it was made by an earlier cnn, or by --refit all with one image of each class; train it again"
                            : "its training was stopped; finish it with --resume";
            throw UserError.usage("%s: %s holds no calibration; %s".formatted(option, model.name(), remedy));
        }
        if (augmented) {
            talk.note("%s was calibrated by what it says without --tta; with it %s is a guess"
                    .formatted(model.name(), option));
        }
        return saved.get().calibration().orElseThrow();
    }

    /** The temperature alone; one that is not known is told. */
    Temperature temperature(String option) {
        ConfidenceCalibration found = required(option);
        if (found.temperature().equals(Temperature.ONE)) {
            talk.note("%s was right about all %d %s, which tells no temperature; its probabilities stay"
                    .formatted(model.name(), found.images(), found.source().words()));
        }
        return found.temperature();
    }
}
