package cnn.report;

import cnn.model.SavedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How a training went, as the history beside its model tells it: something to be drawn. */
public interface TrainingCurves {

    /** The history that training leaves beside a model file, if it is there. */
    static Optional<TrainingCurves> beside(Path model) {
        Path history = model.resolveSibling(model.getFileName() + ".history.csv");
        return Files.isRegularFile(history) ? Optional.of(read(history)) : Optional.empty();
    }

    /**
     * Reads a history: of epochs, or of the penalties that were tried.
     *
     * @throws cnn.UserError if it is none
     */
    static TrainingCurves read(Path history) {
        HistoryTable table = HistoryTable.read(history);
        return table.has(PenaltyCurve.PENALTY) ? PenaltyCurve.of(table) : LearningCurves.of(table);
    }

    /** With a mark at the epoch that is saved, where there are epochs. */
    default TrainingCurves keeping(int epoch) {
        return this;
    }

    /** With a mark at the epoch that a model is of. */
    default TrainingCurves of(SavedModel model) {
        return model.training().metrics().get("epoch") instanceof Number epoch ? keeping(epoch.intValue()) : this;
    }

    /** Whether there is nothing to draw. */
    boolean isEmpty();

    /** The curves, for a page. */
    Chart chart();

    /** The content of a PNG file: 1280x960. */
    default byte[] png() {
        return chart().png(Theme.LIGHT);
    }
}
