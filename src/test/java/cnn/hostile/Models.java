package cnn.hostile;

import java.nio.file.Path;
import java.util.List;

/** Models from strangers: read, or refused with a line and exit 4; soon, and in little memory. */
final class Models {
    private static final Batch.Limits LIMITS = new Batch.Limits(10, 1000);

    private Models() {}

    static List<Tally> savedModels(Scope scope) {
        Path folder = scope.folder("models");
        int crafted = HostileSavedModels.crafted();
        Tally known = new Tally("models", "crafted cnn.json: read or refused (4), 10 s, 1 GB");
        new Batch(Corpus.SAVED_MODELS, scope.seed(), folder, LIMITS).run(0, crafted, known);
        Tally seeded = new Tally("models", "damaged zips (4), mutated cnn.json: the same");
        new Batch(Corpus.SAVED_MODELS, scope.seed(), folder, LIMITS)
                .run(crafted, crafted + scope.of(300, 1500), seeded);
        return List.of(known, seeded);
    }

    static List<Tally> kerasFiles(Scope scope) {
        Path folder = scope.folder("hdf5");
        int elsewhere = new HostileKerasFiles(scope.seed(), folder).elsewhere();
        Tally outside = new Tally("hdf5", "data in other files, virtual or linked in circles: refused (4)");
        new Batch(Corpus.KERAS_FILES, scope.seed(), folder, LIMITS).run(0, elsewhere, outside);
        Tally seeded = new Tally("hdf5", "mutated .h5: read or refused (4), 10 s, 1 GB");
        new Batch(Corpus.KERAS_FILES, scope.seed(), folder, LIMITS).run(elsewhere, scope.of(350, 1500), seeded);
        return List.of(outside, seeded);
    }
}
