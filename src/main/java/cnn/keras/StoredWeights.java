package cnn.keras;

import java.util.List;
import java.util.Map;

/** How a file's datasets belong to layers. */
sealed interface StoredWeights permits ListedWeights, PathWeights {

    /** The names of the layers that have weights, in the order in which they were saved; of models that of the model. */
    List<String> layersWithWeights();

    /**
     * The dataset of every slot of a layout, by {@link KerasWeights.Slot#key}.
     *
     * @throws cnn.UserError naming the file, the layer and both shapes where they do not agree
     */
    Map<String, StoredWeight> match(NetworkLayout layout);
}
