package cnn.train;

import cnn.UserError;
import java.util.List;

/**
 * Which layers of a base are to be trained, as {@code --unfreeze} spells it: the last N, where all count, as Keras's
 * {@code base.layers[-N:]} takes them; a layer's name, for that one and all that follow it in Keras's order; or {@code all}.
 */
public record Unfreezing(String spec) {
    private static final int NAMED = 8;

    /**
     * The layers, in Keras's order, those without weights too.
     *
     * @throws UserError if the base has not as many, or none of that name
     */
    List<String> layers(StartingModel model) {
        List<String> base = model.baseLayers();
        if (spec.equals("all")) {
            return base;
        }
        if (base.isEmpty()) {
            throw UserError.usage("--unfreeze %s: %s was trained from scratch and has no base; use --unfreeze all"
                    .formatted(spec, model.network().name()));
        }
        if (spec.matches("\\d{1,9}")) {
            int count = Integer.parseInt(spec);
            if (count < 1 || count > base.size()) {
                throw UserError.usage("--unfreeze %s: %s has %d layers without its top, so 1 to %d"
                        .formatted(spec, model.network().name(), base.size(), base.size()));
            }
            return base.subList(base.size() - count, base.size());
        }
        int first = base.indexOf(spec);
        if (first < 0) {
            throw UserError.usage(
                    "--unfreeze %s: %s has no such layer without its top; `cnn summary -m %s --no-top` shows "
                                    .formatted(
                                            spec,
                                            model.network().name(),
                                            model.network().name())
                            + "them, and a number or 'all' will do too");
        }
        return base.subList(first, base.size());
    }

    /** Which layers they are, in one line. */
    String words(StartingModel model) {
        List<String> unfrozen = layers(model);
        if (model.baseLayers().isEmpty()) {
            return "all layers learn: %s was trained from scratch and has no base"
                    .formatted(model.network().name());
        }
        return "unfreezing %d of the base's %d layers: %s"
                .formatted(unfrozen.size(), model.baseLayers().size(), named(unfrozen));
    }

    private static String named(List<String> layers) {
        if (layers.size() <= NAMED) {
            return String.join(", ", layers);
        }
        return String.join(", ", layers.subList(0, NAMED / 2)) + ", ..., "
                + String.join(", ", layers.subList(layers.size() - NAMED / 2, layers.size()));
    }
}
