package cnn.model;

import cnn.Excerpt;
import cnn.confidence.ConfidenceCalibration;
import cnn.data.StoredSplit;
import cnn.image.Loading;
import cnn.image.Reading;
import cnn.network.Network;
import cnn.network.Node;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a trained model is, but for the values of its weights: what {@link SavedModelFile} keeps beside them.
 *
 * <p>The weights below {@code cut} are those of the base's published file, which the model file only names; those above,
 * the tail, are in the model file.
 *
 * @param base the network that was there before training; empty for one trained from scratch
 * @param cut the layer whose output the tail takes: everything passes through it; the input layer for a network trained
 *     from scratch
 * @param network the whole of it: base and head
 * @param trained names of the layers whose weights training changed, all above {@code cut}
 * @param loading how images were brought to the input's size in training
 * @param classes the folders' names, in the order of the outputs; two for a single sigmoid unit, the second its 1
 * @param calibration what held-out images say of its probabilities, if that is known
 */
public record SavedModel(
        Optional<Base> base,
        String cut,
        Network network,
        List<String> trained,
        Preprocessing preprocessing,
        Loading loading,
        boolean autoOrient,
        List<String> classes,
        Training training,
        Optional<ConfidenceCalibration> calibration) {

    /** A model of whose probabilities nothing is known. */
    public SavedModel(
            Optional<Base> base,
            String cut,
            Network network,
            List<String> trained,
            Preprocessing preprocessing,
            Loading loading,
            boolean autoOrient,
            List<String> classes,
            Training training) {
        this(base, cut, network, trained, preprocessing, loading, autoOrient, classes, training, Optional.empty());
    }

    /**
     * The network that a head was put on.
     *
     * @param name in the zoo
     * @param output the name of its last layer; what lies above is the head
     * @param weightsFile the plain name of the file with its weights
     * @param sha256 of that file, 64 hex digits
     */
    public record Base(String name, String output, String weightsFile, String sha256) {
        public Base {
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("not a sha256: " + Excerpt.of(sha256));
            }
            if (!weightsFile.matches("[^/\\\\\\x00-\\x1f]{1,255}") || weightsFile.matches("\\.{1,2}")) {
                throw new IllegalArgumentException("not a plain file name: " + Excerpt.of(weightsFile));
            }
        }

        /** The base of a new head that is put on the end of a network, whether it reaches as far as this base or not. */
        public Base below(Network network) {
            return network.has(output) ? this : new Base(name, network.output().name(), weightsFile, sha256);
        }
    }

    /**
     * How the model came to be.
     *
     * @param data a fingerprint of the images and their classes
     * @param splits which images were held back, by this training and by those that it went on from; none where there were
     *     folders for that
     * @param complete whether training came to its end; else the model is the best until it was stopped
     * @param origin what it was made from besides settings and data: network, weights and preparation of the images, by
     *     name; empty in files of a time when none was kept
     * @param settings the options of training; values are strings, numbers, booleans, lists and maps of them
     * @param metrics what was reached, by the names of the history; values as in {@code settings}
     * @param recipe how to train it again; empty in files of a time when none was kept
     */
    public record Training(
            long seed,
            String data,
            List<StoredSplit> splits,
            boolean complete,
            Map<String, Object> origin,
            Map<String, Object> settings,
            Map<String, Object> metrics,
            Optional<Recipe> recipe) {
        public Training {
            splits = List.copyOf(splits);
            origin = Collections.unmodifiableMap(new LinkedHashMap<>(origin));
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }

        /** A training of which nobody has said yet how to do it again. */
        public Training(
                long seed,
                String data,
                List<StoredSplit> splits,
                boolean complete,
                Map<String, Object> origin,
                Map<String, Object> settings,
                Map<String, Object> metrics) {
            this(seed, data, splits, complete, origin, settings, metrics, Optional.empty());
        }

        private Training madeBy(Recipe how) {
            return new Training(seed, data, splits, complete, origin, settings, metrics, Optional.of(how));
        }
    }

    public SavedModel {
        trained = List.copyOf(trained);
        classes = List.copyOf(classes);
        if (!network.input().outputShape().isMap()) {
            throw new IllegalArgumentException(
                    "images are no " + network.input().outputShape());
        }
        Network tail = network.above(cut);
        trained.forEach(tail::node);
        int outputs = network.output().outputShape().channels();
        if (classes.size() != Math.max(2, outputs)) {
            throw new IllegalArgumentException(outputs + " outputs for " + classes.size() + " classes");
        }
        if (base.isEmpty() && !cut.equals(network.input().name())) {
            throw new IllegalArgumentException("without a base all weights are in the tail, not those above " + cut);
        }
        base.ifPresent(below -> network.node(below.output()));
    }

    /** How images were read in training. */
    public Reading reading() {
        return new Reading(loading, autoOrient);
    }

    /** The same model, with how to train it again. */
    public SavedModel madeBy(Recipe how) {
        return new SavedModel(
                base,
                cut,
                network,
                trained,
                preprocessing,
                loading,
                autoOrient,
                classes,
                training.madeBy(how),
                calibration);
    }

    /** The same model with its layers for another size of input. */
    SavedModel withNetwork(Network other) {
        return new SavedModel(
                base, cut, other, trained, preprocessing, loading, autoOrient, classes, training, calibration);
    }

    /** The same model with what held-out images say of its probabilities. */
    public SavedModel calibrated(Optional<ConfidenceCalibration> found) {
        return new SavedModel(
                base, cut, network, trained, preprocessing, loading, autoOrient, classes, training, found);
    }

    /**
     * The layer whose output the head takes; of a network trained from scratch what goes into its last dense layer, or into
     * the convolution in place of one.
     */
    public String lastBelowHead() {
        return base.map(Base::output).orElseGet(() -> HeadPlace.belowLastDense(network));
    }

    /** The part whose weights are in the model file; its input layer is named as the cut. */
    public Network tail() {
        return network.above(cut);
    }

    /** The layers whose weights are in the model file. */
    Set<String> layersOfTail() {
        return tail().nodes().stream().skip(1).map(Node::name).collect(Collectors.toSet());
    }

    /** The classes as rows of results name them: id and name are both the folder's name. */
    public Labels labels() {
        return new Labels(
                classes.stream().map(name -> new Labels.Label(name, name)).toList());
    }

    /** Parameters that training changed by gradient. */
    public long trainedParameters() {
        return trained.stream()
                .map(network::node)
                .mapToLong(Node::trainableParameters)
                .sum();
    }
}
