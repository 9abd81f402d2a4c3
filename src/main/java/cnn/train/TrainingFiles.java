package cnn.train;

import java.nio.file.Path;
import java.util.List;

/** The files that a training writes: the model, and the others beside it. */
public record TrainingFiles(Path model) {

    /** The epochs' figures. */
    public Path history() {
        return beside(".history.csv");
    }

    /** The learning curves. */
    public Path curves() {
        return beside(".png");
    }

    /** What a run that was cut off leaves. */
    public Path checkpoint() {
        return beside(".checkpoint");
    }

    public List<Path> all() {
        return List.of(model, history(), curves(), checkpoint());
    }

    private Path beside(String suffix) {
        return model.resolveSibling(model.getFileName() + suffix);
    }
}
