package cnn.program;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an engine that computes with 8 bits must know besides network and weights.
 *
 * @param ranges of the values; one without a range stays float32
 * @param inFloat the layers that are computed in float32 all the same
 */
public record Quantization(Ranges ranges, Set<String> inFloat) {

    public Quantization {
        inFloat = Collections.unmodifiableSet(new TreeSet<>(inFloat));
    }

    /** All of it: another one has other bytes. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream text = new DataOutputStream(bytes)) {
            for (Map.Entry<String, Range> range : ranges.values().entrySet()) {
                text.writeUTF(range.getKey());
                range.getValue().writeTo(text);
            }
            for (String layer : inFloat) {
                text.writeUTF(layer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
