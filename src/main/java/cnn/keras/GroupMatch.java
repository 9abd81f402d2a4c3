package cnn.keras;

import cnn.keras.KerasWeights.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds for each weight of a layer, or of a nested model, its dataset among those that a file lists for it.
 *
 * <p>Those of a model come in an order that depends on what was frozen when it was saved. So they are found by the names of
 * layer and weight; where these are not the network's, by any order that Keras may have saved them in, if only one fits.
 */
record GroupMatch(List<StoredWeight> stored, NetworkLayout.Group group, Mismatch mismatch) {

    Map<String, StoredWeight> match() {
        List<StoredWeight> weights = withoutCounts();
        List<Slot> slots = group.slots();
        String layer = Mismatch.layer(stored.get(0).layer(), group.name());
        if (group.isModel() && weights.size() == slots.size()) {
            Optional<Map<String, StoredWeight>> named = byName(weights);
            if (named.isPresent()) {
                return named.get();
            }
            List<Map<String, StoredWeight>> orders = fittingOrders(weights);
            if (orders.size() == 1) {
                return orders.get(0);
            }
            if (orders.size() > 1) {
                throw mismatch.error("%s: its datasets bear other names than its layers, and fit in several orders"
                        .formatted(layer));
            }
        }
        return inOrder(layer, weights, slots);
    }

    private static Map<String, StoredWeight> byKey(List<StoredWeight> weights, List<Slot> slots) {
        Map<String, StoredWeight> matched = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            matched.put(slots.get(i).key(), weights.get(i));
        }
        return matched;
    }

    private static boolean fits(StoredWeight stored, Slot wanted) {
        return WeightKind.isSame(stored.kind(), wanted.spec().name())
                && stored.shape().equals(wanted.spec().shape());
    }

    private Map<String, StoredWeight> inOrder(String layer, List<StoredWeight> weights, List<Slot> slots) {
        for (int i = 0; i < Math.min(weights.size(), slots.size()); i++) {
            if (!fits(weights.get(i), slots.get(i))) {
                throw mismatch.error(layer, weights.get(i), slots.get(i));
            }
        }
        if (weights.size() < slots.size()) {
            throw mismatch.missing(layer, slots.get(weights.size()));
        }
        if (weights.size() > slots.size()) {
            throw mismatch.surplus(layer, weights.get(slots.size()));
        }
        return byKey(weights, slots);
    }

    private Optional<Map<String, StoredWeight>> byName(List<StoredWeight> weights) {
        Map<String, List<StoredWeight>> byLayer = new LinkedHashMap<>();
        weights.forEach(weight -> byLayer.computeIfAbsent(weight.layerInName(), layer -> new ArrayList<>())
                .add(weight));
        Map<String, StoredWeight> matched = new HashMap<>();
        for (NetworkLayout.Group layer : layers(group).toList()) {
            List<StoredWeight> own = byLayer.getOrDefault(layer.name(), List.of());
            for (Slot slot : layer.slots()) {
                List<StoredWeight> fitting = own.stream()
                        .filter(weight -> !weight.kind().isEmpty() && fits(weight, slot))
                        .toList();
                if (fitting.size() != 1 || matched.containsValue(fitting.get(0))) {
                    return Optional.empty();
                }
                matched.put(slot.key(), fitting.get(0));
            }
        }
        return Optional.of(matched);
    }

    private static Stream<NetworkLayout.Group> layers(NetworkLayout.Group group) {
        return group.isModel() ? group.inner().stream().flatMap(GroupMatch::layers) : Stream.of(group);
    }

    /** What was frozen when the file was saved need not be what the configuration says. */
    private List<Map<String, StoredWeight>> fittingOrders(List<StoredWeight> weights) {
        List<Slot> byLayer = group.slotsByLayer();
        List<Slot> trainableFirst = new ArrayList<>(
                byLayer.stream().filter(slot -> slot.spec().trainable()).toList());
        byLayer.stream().filter(slot -> !slot.spec().trainable()).forEach(trainableFirst::add);
        List<Map<String, StoredWeight>> fitting = new ArrayList<>();
        for (List<Slot> order : List.of(group.slots(), byLayer, trainableFirst)) {
            boolean fits = true;
            for (int i = 0; i < order.size() && fits; i++) {
                fits = fits(weights.get(i), order.get(i));
            }
            Map<String, StoredWeight> matched = byKey(weights, order);
            if (fits && !fitting.contains(matched)) {
                fitting.add(matched);
            }
        }
        return fitting;
    }

    /** Without what a Normalization counts while it adapts, which answers nothing. */
    private List<StoredWeight> withoutCounts() {
        boolean wanted =
                group.slots().stream().anyMatch(slot -> slot.spec().name().equals(WeightKind.COUNT.today()));
        return wanted
                ? stored
                : stored.stream()
                        .filter(weight -> !weight.kind().equals(WeightKind.COUNT.today()))
                        .toList();
    }
}
