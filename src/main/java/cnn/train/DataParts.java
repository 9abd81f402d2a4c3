package cnn.train;

import cnn.classify.ImagePreparation;
import cnn.data.Dataset;
import cnn.data.Sample;
import cnn.image.Augmentation;
import cnn.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a data set as a network cut in two wants them: what the layers up to the cut make of the images, computed
 * once; or the images themselves, where they are augmented or nothing lies below the cut.
 */
final class DataParts {
    private final StartingModel model;
    private final Dataset data;
    private final ImagePreparation preparation;
    private final Augmentation augmentation;
    private final long seed;
    private final PartReader reader;
    private final Map<String, LoadedSamples> pictures = new LinkedHashMap<>();
    private final Map<String, List<Sample>> readable = new LinkedHashMap<>();

    DataParts(
            StartingModel model,
            Dataset data,
            ImagePreparation preparation,
            Augmentation augmentation,
            long seed,
            PartReader reader) {
        this.model = model;
        this.data = data;
        this.preparation = preparation;
        this.augmentation = augmentation;
        this.seed = seed;
        this.reader = reader;
    }

    /**
     * The samples to train on.
     *
     * @throws UserError if a class has none that can be read
     */
    LoadedSamples training(String cut) {
        LoadedSamples part = isPictures(cut)
                ? pictures("training", data.training(), augmentation)
                : features("training", cut, data.training());
        data.require(part.samples(), "to train on");
        return part;
    }

    /**
     * The samples to judge by.
     *
     * @throws UserError if a class has none that can be read
     */
    LoadedSamples validation(String cut) {
        LoadedSamples part = judged("validation", cut, data.validation());
        data.require(part.samples(), "to validate with");
        return part;
    }

    /** The samples of the test folder, if there is one. */
    Optional<LoadedSamples> test(String cut) {
        return data.test().isEmpty() ? Optional.empty() : Optional.of(judged("test", cut, data.test()));
    }

    /** The layers below the cut, where the samples to train on do not come from them. */
    Optional<Model> trunk(String cut) {
        return isPictures(cut) && !isInput(cut) ? Optional.of(model.model().cut(cut)) : Optional.empty();
    }

    /** The images that are learnt from, those that could be read. */
    List<Sample> learnt() {
        return readable.get("training");
    }

    /** How many images of a part could be read. */
    int size(String name) {
        return readable.get(name).size();
    }

    /** The classes of the images that could be read. */
    ClassBalance balance() {
        return ClassBalance.of(data, readable.get("training"), readable.get("validation"));
    }

    /** How many images could not be read so far. */
    int leftOut() {
        int all = 0;
        for (Map.Entry<String, List<Sample>> part : readable.entrySet()) {
            all += given(part.getKey()).size() - part.getValue().size();
        }
        return all;
    }

    private List<Sample> given(String name) {
        return switch (name) {
            case "training" -> data.training();
            case "validation" -> data.validation();
            default -> data.test();
        };
    }

    private LoadedSamples judged(String name, String cut, List<Sample> samples) {
        return isInput(cut) ? pictures(name, samples, Augmentation.NONE) : features(name, cut, samples);
    }

    private LoadedSamples pictures(String name, List<Sample> samples, Augmentation change) {
        if (!pictures.containsKey(name)) {
            LoadedSamples part = reader.pictures(name, preparation, readable.getOrDefault(name, samples), change, seed);
            readable.put(name, part.samples());
            pictures.put(name, part);
        }
        return pictures.get(name);
    }

    private LoadedSamples features(String name, String cut, List<Sample> samples) {
        try (Model below = model.model().cut(cut)) {
            LoadedSamples part = reader.features(name, below, preparation, readable.getOrDefault(name, samples));
            readable.put(name, part.samples());
            return part;
        }
    }

    private boolean isPictures(String cut) {
        return isInput(cut) || !augmentation.isNone();
    }

    private boolean isInput(String cut) {
        return model.network().input().name().equals(cut);
    }
}
