package cnn.cli;

import cnn.data.LabelledImages;
import cnn.model.Model;
import cnn.zoo.Labels;
import cnn.zoo.Labels.Label;
import java.util.List;

/** For a model without names for its classes those of the folders, as Keras numbers them: sorted by their characters. */
record FolderNames(Model loaded, LabelledImages images) {

    /** Gives the model these names, if it needs them and they are as many; then one line says so. */
    void give(Talk talk) {
        List<String> sorted = images.classes().stream().sorted().toList();
        List<Label> names = sorted.stream().map(name -> new Label(name, name)).toList();
        boolean named = sorted.stream().anyMatch(name -> loaded.labels().labels().stream()
                .anyMatch(label -> label.id().equals(name)));
        if (!loaded.labels().areNumbered() || names.size() != loaded.labels().size() || named) {
            return;
        }
        talk.note(
                "%s has no names for its classes; taken are the folders of %s in Keras's order: %s; --labels says otherwise"
                        .formatted(loaded.name(), images.folder(), String.join(", ", sorted)));
        loaded.name(new Labels(names));
    }
}
