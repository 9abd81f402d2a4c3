package cnn.train;

import cnn.Counted;
import java.util.ArrayList;
import java.util.List;

/**
 * That the data have other classes than a model that was trained before.
 *
 * @param before the model's, in the order of its outputs
 * @param now those of the data, which the new model has
 */
record ClassChange(List<String> before, List<String> now) {
    private static final int NAMED = 5;

    ClassChange {
        before = List.copyOf(before);
        now = List.copyOf(now);
    }

    boolean isNone() {
        return before.equals(now);
    }

    /** Those that both have. */
    List<String> kept() {
        return now.stream().filter(before::contains).toList();
    }

    /** Which stay, which come and which go, in one line. */
    String words() {
        List<String> parts = new ArrayList<>();
        add(parts, kept(), "kept");
        add(parts, now.stream().filter(name -> !before.contains(name)).toList(), "new");
        add(parts, before.stream().filter(name -> !now.contains(name)).toList(), "dropped, as the data have none");
        return "classes: " + String.join("; ", parts);
    }

    private static void add(List<String> parts, List<String> names, String what) {
        if (!names.isEmpty()) {
            String named = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
            String more =
                    names.size() > NAMED ? " and %s more".formatted(Counted.of(names.size() - NAMED, "class")) : "";
            parts.add("%s%s %s".formatted(named, more, what));
        }
    }
}
