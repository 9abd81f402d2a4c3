package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.keras.KerasWeights.Slot;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Weights as Keras 3's {@code saving_lib.py} lays them out: {@code layers/conv2d_1/vars/0} is the first variable of a model's
 * second convolution, {@code layers/functional/layers/...} is within a nested model. Layers of one class are matched in the
 * order of their counters; from Keras 3.6 on the name that is stored with the variables must be the layer's.
 */
final class PathWeights implements StoredWeights {
    private static final String VARIABLES = "vars";
    /** Of Keras 3, and of Keras 2.13. */
    private static final List<String> LAYERS = List.of("layers", "_layer_checkpoint_dependencies");

    private final Path path;
    private final Hdf5File hdf;
    private final Group root;
    /** Whether the layers' names were written with the network's, and not chosen by somebody else. */
    private final boolean ownNames;

    PathWeights(Path path, Hdf5File hdf, boolean ownNames) {
        this.path = path;
        this.hdf = hdf;
        this.root = hdf.root();
        this.ownNames = ownNames;
        variables(root).forEach(weight -> {
            throw UserError.weights("%s: %s belongs to no layer".formatted(path, weight.path()));
        });
    }

    static boolean areIn(Group group) {
        return LAYERS.stream().anyMatch(name -> group.getChild(name) instanceof Group);
    }

    @Override
    public List<String> layersWithWeights() {
        return children(root).stream()
                .filter(this::hasWeights)
                .map(group -> storedName(group).orElse(group.getName()))
                .toList();
    }

    @Override
    public Map<String, StoredWeight> match(NetworkLayout layout) {
        Map<String, StoredWeight> matched = new HashMap<>();
        match(root, layout.groups(), new Mismatch(path, layout), matched);
        return matched;
    }

    private void match(
            Group container, List<NetworkLayout.Group> groups, Mismatch mismatch, Map<String, StoredWeight> matched) {
        Map<String, List<NetworkLayout.Group>> wanted = new LinkedHashMap<>();
        groups.stream().filter(group -> !group.slots().isEmpty()).forEach(group -> wanted.computeIfAbsent(
                        SnakeCase.of(group.type()), type -> new ArrayList<>())
                .add(group));
        List<Group> rest = new ArrayList<>(
                children(container).stream().filter(this::hasWeights).toList());
        wanted.forEach((type, ofType) -> {
            List<Group> stored = Counted.of(type, rest);
            for (int i = 0; i < Math.min(stored.size(), ofType.size()); i++) {
                matchOne(stored.get(i), ofType.get(i), mismatch, matched);
            }
            if (stored.size() < ofType.size()) {
                throw mismatch.error(
                        "layer %s of the network is missing in the file, which has weights for %d of type %s"
                                .formatted(ofType.get(stored.size()).name(), stored.size(), type));
            }
            stored.stream().limit(ofType.size()).forEach(rest::remove);
        });
        if (!rest.isEmpty()) {
            throw mismatch.error("%s of the file is not in the network".formatted(place(rest.get(0))));
        }
    }

    private void matchOne(
            Group stored, NetworkLayout.Group wanted, Mismatch mismatch, Map<String, StoredWeight> matched) {
        Optional<String> name = storedName(stored);
        if (ownNames && name.isPresent() && !name.get().equals(wanted.name())) {
            throw mismatch.error("%s is of layer %s in the file, but by its place of layer %s"
                    .formatted(place(stored), Excerpt.of(name.get()), wanted.name()));
        }
        if (wanted.isModel()) {
            match(stored, wanted.inner(), mismatch, matched);
            return;
        }
        String layer = Mismatch.layer(name.orElse(stored.getName()), wanted.name());
        List<StoredWeight> weights = variables(stored);
        List<Slot> slots = wanted.slots();
        for (int i = 0; i < slots.size(); i++) {
            if (i >= weights.size()) {
                throw mismatch.missing(layer, slots.get(i));
            }
            if (!weights.get(i).shape().equals(slots.get(i).spec().shape())) {
                throw mismatch.error(layer, weights.get(i), slots.get(i));
            }
            matched.put(slots.get(i).key(), weights.get(i));
        }
        boolean count = wanted.type().equals("Normalization") && weights.size() == slots.size() + 1;
        if (weights.size() > slots.size() && !count) {
            throw mismatch.surplus(layer, weights.get(slots.size()));
        }
    }

    private List<Group> children(Group container) {
        return LAYERS.stream()
                .flatMap(name -> group(container, name).stream())
                .flatMap(layers -> groups(layers))
                .toList();
    }

    private boolean hasWeights(Group layer) {
        return group(layer, VARIABLES)
                        .filter(variables -> !variables.getChildren().isEmpty())
                        .isPresent()
                || children(layer).stream().anyMatch(this::hasWeights);
    }

    /** The variables of one layer, in their order. */
    private List<StoredWeight> variables(Group layer) {
        List<StoredWeight> variables = new ArrayList<>();
        Optional<Group> group = group(layer, VARIABLES);
        for (int i = 0; group.isPresent() && i < group.get().getChildren().size(); i++) {
            if (!(group.get().getChild(String.valueOf(i)) instanceof Dataset dataset)) {
                throw UserError.weights(
                        "%s: %s has no variable %d; the file is damaged".formatted(path, place(layer), i));
            }
            hdf.checkPlausible(dataset);
            variables.add(StoredWeight.of(place(layer), VARIABLES + "/" + i, dataset));
        }
        return variables;
    }

    private Optional<String> storedName(Group layer) {
        return group(layer, VARIABLES)
                .map(variables -> variables.getAttribute("name"))
                .map(Attribute::getData)
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static String place(Group group) {
        return Excerpt.of(group.getPath().replaceAll("^/|/$", ""));
    }

    private static Stream<Group> groups(Group group) {
        return group.getChildren().values().stream()
                .filter(Group.class::isInstance)
                .map(Group.class::cast);
    }

    private static Optional<Group> group(Group parent, String name) {
        Node child = parent.getChild(name);
        return child instanceof Group group ? Optional.of(group) : Optional.empty();
    }

    /** Groups of one class, whose names end in counters: {@code conv2d}, {@code conv2d_1} and so on. */
    private record Counted(Group group, int counter) {
        static List<Group> of(String type, List<Group> groups) {
            List<Counted> counted = new ArrayList<>();
            for (Group group : groups) {
                String name = group.getName();
                if (name.equals(type)) {
                    counted.add(new Counted(group, 0));
                } else if (name.startsWith(type + "_")
                        && name.substring(type.length() + 1).matches("[1-9]\\d{0,6}")) {
                    counted.add(new Counted(group, Integer.parseInt(name.substring(type.length() + 1))));
                }
            }
            counted.sort(Comparator.comparingInt(Counted::counter));
            return counted.stream().map(Counted::group).toList();
        }
    }
}
