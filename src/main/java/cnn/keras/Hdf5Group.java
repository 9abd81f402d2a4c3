package cnn.keras;

import cnn.keras.KerasWeights.Slot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A group of an HDF5 file that is to be written: attributes, weights, and groups within it, each by name. */
final class Hdf5Group {
    private final Map<String, Hdf5Group> groups = new TreeMap<>();
    private final Map<String, Slot> weights = new TreeMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, List<String>> lists = new TreeMap<>();

    /** The group of that path below this one; it and those on the way are made where they are not there yet. */
    Hdf5Group group(String path) {
        Hdf5Group group = this;
        for (String name : path.split("/")) {
            group = group.groups.computeIfAbsent(name, absent -> new Hdf5Group());
        }
        return group;
    }

    /** Adds a dataset. */
    void put(String path, Slot weight) {
        int slash = path.lastIndexOf('/');
        (slash < 0 ? this : group(path.substring(0, slash))).weights.put(path.substring(slash + 1), weight);
    }

    /** Adds an attribute that is one text. */
    void put(String name, String text) {
        texts.put(name, text);
    }

    /** Adds an attribute that is a list of texts. */
    void put(String name, List<String> list) {
        lists.put(name, list);
    }

    Map<String, Hdf5Group> groups() {
        return groups;
    }

    Map<String, Slot> weights() {
        return weights;
    }

    Map<String, String> texts() {
        return texts;
    }

    Map<String, List<String>> lists() {
        return lists;
    }
}
