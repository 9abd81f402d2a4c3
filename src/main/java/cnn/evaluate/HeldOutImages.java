package cnn.evaluate;

import cnn.UserError;
import cnn.cache.ContentHashes;
import cnn.data.LabelledImages;
import cnn.data.LabelledImages.Part;
import cnn.data.Sample;
import cnn.data.StoredSplit;
import cnn.model.SavedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds among images those that trained models have not seen.
 *
 * @param found all that there are to judge by
 * @param notes hears what the user should know, a line each
 */
public record HeldOutImages(LabelledImages found, Consumer<String> notes) {

    /**
     * The images of a folder for testing or validation; else those that the trainings of all models held back, by the splits
     * that the models store. Where no model's split fits these images, all of them, with a note.
     *
     * @param models by the names that the user gave them; networks that were not trained on such data are left out
     * @param required whether to fail rather than to give images that a model has learnt from
     * @throws UserError if that is required, or these are a {@code train} folder's
     */
    public LabelledImages of(Map<String, SavedModel> models, boolean required) {
        if (found.part().heldOut()) {
            models.forEach(this::tellOfLearntValidation);
            return found;
        }
        List<Sample> samples = samples(models);
        List<Boolean> heldOut =
                new ArrayList<>(Collections.nCopies(found.images().size(), true));
        List<String> unknown = new ArrayList<>();
        models.forEach((name, model) -> {
            List<StoredSplit> splits = model.training().splits().stream()
                    .filter(split -> split.fits(samples, found.classes()))
                    .toList();
            splits.forEach(split -> keepOnly(split.heldBack(samples), heldOut));
            if (splits.isEmpty()) {
                unknown.add(reason(name, model));
            }
        });
        if (unknown.size() < models.size() && heldOut.contains(true)) {
            unknown.forEach(notes);
            return found.heldOut(heldOut);
        }
        return all(models, unknown, required);
    }

    /** A linear head may have learnt from the images for validation in the end. */
    private void tellOfLearntValidation(String name, SavedModel model) {
        if (found.part() == Part.VALIDATION
                && "all".equals(model.training().settings().get("refit"))) {
            notes.accept(
                    "%s has learnt from images for validation too (--refit all); if these are they, they flatter the figures"
                            .formatted(name));
        }
    }

    /** All images with their contents; none if no split can fit, or one cannot be read, which ends a training. */
    private List<Sample> samples(Map<String, SavedModel> models) {
        boolean possible = models.values().stream()
                .flatMap(model -> model.training().splits().stream())
                .anyMatch(split -> split.images() == found.images().size());
        try {
            return possible ? found.samples(ContentHashes.forgetful()) : List.of();
        } catch (IOException e) {
            return List.of(); // it is told when the images are judged
        }
    }

    private LabelledImages all(Map<String, SavedModel> models, List<String> unknown, boolean required) {
        String why = unknown.isEmpty()
                ? models.isEmpty()
                        ? "no image is known to be held out"
                        : "no image was held back from the training of all of " + String.join(", ", models.keySet())
                : unknown.get(0);
        if (found.part() == Part.TRAINING) {
            throw UserError.data("%s has neither test/ nor validation/ beside it, and %s; --on all judges by it"
                    .formatted(found.folder(), why));
        }
        if (required) {
            throw UserError.data(
                    "--on held-out: %s; keep a folder test/ or validation/, or judge --on all".formatted(why));
        }
        if (!models.isEmpty()) {
            notes.accept("%s; all %d images are judged, and those that it learnt from flatter the figures"
                    .formatted(why, found.all()));
        }
        return found;
    }

    private String reason(String name, SavedModel model) {
        List<StoredSplit> splits = model.training().splits();
        return splits.isEmpty()
                ? name + " does not say which images its training held back"
                : "the images under %s are not those that %s was trained on (%d then, %d now%s)"
                        .formatted(
                                found.folder(),
                                name,
                                splits.get(0).images(),
                                found.all(),
                                splits.get(0).images() == found.all() ? ", with other content" : "");
    }

    private static void keepOnly(List<Boolean> chosen, List<Boolean> kept) {
        for (int i = 0; i < kept.size(); i++) {
            kept.set(i, kept.get(i) && chosen.get(i));
        }
    }
}
