package cnn.train;

import cnn.Counted;
import cnn.model.SavedModelFile;
import java.nio.file.Path;

/** What is said of a training before it begins: what its options, its model and its data come to together. */
record OpeningNotes(TrainingRequest request, StartingModel model, TrainingListener listener) {

    void tell() {
        if (request.linear().isPresent() && request.model().randomWeights()) {
            listener.note("the weights of %s are random and stay so: the head learns from random features"
                    .formatted(model.network().name()));
        }
        model.classChange()
                .filter(change -> !model.newHead() || !change.kept().isEmpty())
                .ifPresent(change -> listener.note(change.words()));
        request.from().filter(file -> !request.novelty()).ifPresent(this::tellOfRows);
        request.fineTuning().ifPresent(tuning -> {
            listener.note(tuning.unfreeze().words(model));
            if (request.from().isEmpty() || request.trainsHeadFirst(model)) {
                listener.note("the head is trained first, alone: %s%s of %s"
                        .formatted(
                                request.from().isEmpty() ? request.headSpec().orElseThrow() + ", " : "",
                                Counted.of(request.epochs(), "epoch"),
                                request.optimizer().id()));
            }
        });
    }

    private void tellOfRows(Path from) {
        try (SavedModelFile file = SavedModelFile.open(from)) {
            file.novelty()
                    .ifPresent(rows -> listener.note(
                            "the rows that %s has for classify --novelty are of its own features and not kept; --novelty makes new ones"
                                    .formatted(from)));
        }
    }
}
