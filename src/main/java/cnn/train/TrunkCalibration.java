package cnn.train;

import cnn.UserError;
import cnn.data.Sample;
import cnn.model.Calibrated;
import cnn.model.Model;
import cnn.network.Network;
import cnn.network.Node;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lets the layers that no phase trains be computed in int8, with ranges from the images to train on. Which of them are looked
 * at is decided by their content, so that names and order make no difference.
 *
 * @param reader of the images
 */
record TrunkCalibration(TrainingRequest request, StartingModel model, PartReader reader) {
    private static final RangeMethod METHOD = RangeMethod.MSE;
    private static final int ENOUGH = 256;

    /**
     * Finds ranges, if the request wants int8, and says so in a line.
     *
     * @throws UserError if no image can be read
     */
    void run(List<Sample> training) {
        if (request.precision() != Precision.INT8) {
            return;
        }
        String cut = model.cutForTraining(request.phases(model).get(0).trainable());
        if (isInput(cut, model)) {
            reader.listener().note("all layers learn, in fp32: --precision int8 changes nothing");
            return;
        }
        Collection<Sample> chosen = chosen(training);
        try (Model trunk = model.model().cut(cut);
                RangeObserver observer = trunk.observer()) {
            int read = reader.show(observer, trunk, request.preparation(model), chosen);
            if (read == 0) {
                throw UserError.data("none of the images to train on can be read, so there are no ranges for int8");
            }
            reader.listener()
                    .note("int8: ranges of what is not trained are found from %,d of %,d training images (%s)"
                            .formatted(read, training.size(), METHOD.id()));
            model.model().quantize(new Calibrated(METHOD, read, new Quantization(observer.ranges(METHOD), Set.of())));
        }
    }

    /** The ranges of the layers that are as they were when all phases are done; what lies above them stays float32. */
    static Optional<Calibrated> lasting(TrainingRequest request, StartingModel model) {
        List<Phase> phases = request.phases(model);
        String cut = model.cutForTraining(phases.get(phases.size() - 1).trainable());
        try (Model trunk = model.model().cut(cut)) {
            return model.model()
                    .calibrated()
                    .filter(found -> !isInput(cut, model))
                    .map(found -> found.within(trunk))
                    .map(found -> found.keeping(weighted(model.network().above(cut))));
        }
    }

    private static List<String> weighted(Network network) {
        return network.nodes().stream()
                .filter(node -> !node.weights().isEmpty())
                .map(Node::name)
                .toList();
    }

    private static boolean isInput(String cut, StartingModel model) {
        return model.network().input().name().equals(cut);
    }

    /** Each content once. */
    private static Collection<Sample> chosen(List<Sample> training) {
        return training.stream()
                .collect(Collectors.toMap(
                        sample -> sample.content().toString(),
                        Function.identity(),
                        (first, copy) -> first,
                        TreeMap::new))
                .values()
                .stream()
                .limit(ENOUGH)
                .toList();
    }
}
