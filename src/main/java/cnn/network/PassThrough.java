package cnn.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer that gives what it is given: because it changes images in training only, which is not done here, or because it
 * never does anything.
 *
 * @param arguments as they were read, to be written again
 */
public record PassThrough(KerasType kerasType, Map<String, Object> arguments) implements WeightlessLayer {

    public PassThrough {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    static Layer read(KerasType type, Arguments all) {
        Map<String, Object> own = new LinkedHashMap<>();
        all.all().forEach((name, value) -> own.put(String.valueOf(name), value));
        List.of("name", "trainable", "dtype").forEach(own::remove);
        all.passOver(own.keySet().toArray(String[]::new));
        return new PassThrough(type, own);
    }

    /** Whether an argument l1 or l2 makes training dearer. */
    public boolean isCostly() {
        return List.of("l1", "l2").stream()
                .map(arguments::get)
                .anyMatch(weight -> weight instanceof Number number && number.doubleValue() != 0);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.passThrough(this);
    }
}
