package cnn.train;

import cnn.Counted;
import cnn.confidence.Novelty;
import cnn.data.Sample;
import cnn.files.Sha256;
import cnn.model.HeadPlace;
import cnn.model.Model;
import cnn.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of the training images so that others can be told from them: of some, chosen by the seed, what goes into the last
 * dense layer.
 *
 * @param reader with a cache only where all weights below that layer are those that it was opened with
 */
record NoveltyRows(TrainingRequest request, StartingModel model, PartReader reader, TrainingListener listener) {

    /** Whether the features are those of the model that training started from. */
    static boolean areUnchanged(StartingModel model, Set<String> changed) {
        String layer = HeadPlace.belowLastDense(model.network());
        return model.network().upTo(layer).nodes().stream().noneMatch(node -> changed.contains(node.name()));
    }

    /**
     * @param samples that were learnt from
     * @param weights of all layers
     * @return nothing, with a note, where there are not two different images
     */
    Optional<Novelty> of(List<Sample> samples, Weights weights) {
        String layer = HeadPlace.belowLastDense(model.network());
        int features = Math.toIntExact(model.network().node(layer).outputShape().elements());
        List<Sample> chosen = chosen(different(samples), Novelty.mostRows(features));
        if (chosen.size() < 2) {
            listener.note(
                    "--novelty: there are not two different training images to hold against each other; no rows are kept");
            return Optional.empty();
        }
        if (chosen.size() < Math.min(samples.size(), Novelty.MOST_ROWS)
                && chosen.size() == Novelty.mostRows(features)) {
            listener.note(
                    "--novelty keeps %s, with %,d features each".formatted(Counted.of(chosen.size(), "row"), features));
        }
        try (Model below = model.model().cut(layer, weights)) {
            LoadedSamples read = reader.features("novelty", below, request.preparation(model), chosen);
            List<float[]> rows = new ArrayList<>();
            for (int row = 0; row < read.size(); row++) {
                float[] values = new float[features];
                read.rows().read(row, 0, values);
                rows.add(values);
            }
            return Optional.of(Novelty.of(layer, rows));
        }
    }

    /** One of each content: copies would be near each other. */
    private static List<Sample> different(List<Sample> samples) {
        Set<Sha256> seen = new HashSet<>();
        return samples.stream().filter(sample -> seen.add(sample.content())).toList();
    }

    private List<Sample> chosen(List<Sample> samples, int most) {
        return Arrays.stream(Batches.order(samples.size(), request.seed(), 0))
                .limit(most)
                .sorted()
                .mapToObj(samples::get)
                .toList();
    }
}
