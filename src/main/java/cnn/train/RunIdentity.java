package cnn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides the result of a training: equal identities, equal bytes.
 *
 * @param facts settings, network, weights, images and their preparation, by name
 */
record RunIdentity(Map<String, String> facts) {

    RunIdentity {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** In what another run differs from this one, the first thing that does, if one does. */
    Optional<String> difference(Map<String, String> other) {
        return facts.entrySet().stream()
                .filter(wanted -> !wanted.getValue().equals(other.getOrDefault(wanted.getKey(), "none")))
                .map(wanted -> "%s %s, not %s"
                        .formatted(wanted.getKey(), other.getOrDefault(wanted.getKey(), "none"), wanted.getValue()))
                .findFirst();
    }
}
