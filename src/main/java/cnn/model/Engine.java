package cnn.model;

import cnn.UserError;
import cnn.dl4j.Deeplearning4j;
import cnn.onednn.OneDnn;
import cnn.program.Backend;
import cnn.program.Precision;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The backends that can be chosen. */
public enum Engine {
    ONEDNN(precision -> new OneDnn(precision)),
    DL4J(Deeplearning4j::of);

    private final Function<Precision, Backend> backend;

    Engine(Function<Precision, Backend> backend) {
        this.backend = backend;
    }

    /**
     * The engine of that name.
     *
     * @throws UserError if there is none
     */
    public static Engine of(String id) {
        return Arrays.stream(values())
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserError.usage("no engine '%s'; there are %s"
                        .formatted(id, Arrays.stream(values()).map(Engine::id).collect(Collectors.joining(", ")))));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws UserError if it, or the processor, has no such arithmetic */
    Backend backend(Precision precision) {
        return backend.apply(precision);
    }
}
