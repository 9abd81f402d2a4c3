package cnn.weights;

import cnn.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The checksums of the tensors that Keras published for a network.
 *
 * <p>A checksum recorded at first use says nothing about a file that was damaged before. For the networks listed in the
 * resource {@code published-tensors.txt} the tensors are known by themselves, whatever the file around them is like.
 */
public final class PublishedTensors {
    /** Where the tensors of a file come from. */
    public interface Source {
        /**
         * The values of one weight in the order of the file, from position to limit; empty if the file has none such.
         *
         * @param layer as Keras names it, e.g. {@code conv_dw_1}
         * @param weight as Keras names it, without layer and {@code :0}, e.g. {@code depthwise_kernel}
         */
        Optional<FloatBuffer> tensor(String layer, String weight);
    }

    private static final String RESOURCE = "published-tensors.txt";
    /** The classification layer, which files without top lack. */
    private static final String TOP = "conv_preds";

    private static final int BUFFER_FLOATS = 1 << 14;

    private final String modelName;
    private final Map<String, Integer> crc32cs;

    private PublishedTensors(String modelName, Map<String, Integer> crc32cs) {
        this.modelName = modelName;
        this.crc32cs = crc32cs;
    }

    /** What is known of a network, e.g. {@code mobilenet-0.25}. */
    public static Optional<PublishedTensors> of(String modelName) {
        Map<String, Integer> crc32cs = new LinkedHashMap<>();
        String model = "";
        for (String line : resource().split("\n")) {
            if (line.startsWith("model ")) {
                model = line.substring(6);
            } else if (model.equals(modelName) && !line.startsWith("#")) {
                int blank = line.indexOf(' ');
                crc32cs.put(line.substring(blank + 1), HexFormat.fromHexDigits(line.substring(0, blank)));
            }
        }
        return crc32cs.isEmpty() ? Optional.empty() : Optional.of(new PublishedTensors(modelName, crc32cs));
    }

    /**
     * Refuses tensors that ought to be the published ones and are not.
     *
     * @param mustMatch true for a file found by its published name: any difference counts. False for a file that the
     *     user names, which may hold any weights: then a difference counts if all other tensors are the published ones,
     *     for nobody trains a single tensor of a network, but a damaged file looks like that.
     * @throws UserError of kind WEIGHTS that names the file and the tensor
     */
    public void check(Path file, boolean mustMatch, Source source) {
        List<String> different = different(source);
        if (different.size() == 1 || (mustMatch && !different.isEmpty())) {
            String others = different.size() == 1 ? "" : " (and " + (different.size() - 1) + " more)";
            throw UserError.weights(file + " is damaged: its tensor " + different.get(0) + others
                    + " is not the one published for " + modelName + "; delete the file and pull it again");
        }
    }

    private List<String> different(Source source) {
        List<String> different = new ArrayList<>();
        List<String> absentOfTop = new ArrayList<>();
        boolean hasTop = false;
        for (Map.Entry<String, Integer> published : crc32cs.entrySet()) {
            String[] name = published.getKey().split("/");
            Optional<FloatBuffer> tensor = source.tensor(name[0], name[1]);
            boolean ofTop = name[0].equals(TOP);
            hasTop |= ofTop && tensor.isPresent();
            if (tensor.isEmpty() && ofTop) {
                absentOfTop.add(published.getKey());
            } else if (tensor.isEmpty() || crc32c(tensor.get()) != published.getValue()) {
                different.add(published.getKey());
            }
        }
        if (hasTop) {
            different.addAll(absentOfTop);
        }
        return different;
    }

    /** The CRC32C of floats as little-endian bytes. */
    static int crc32c(FloatBuffer floats) {
        CRC32C crc = new CRC32C();
        FloatBuffer left = floats.duplicate();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (left.hasRemaining()) {
            int count = Math.min(BUFFER_FLOATS, left.remaining());
            bytes.clear().asFloatBuffer().put(left.slice(left.position(), count));
            crc.update(bytes.limit(count * Float.BYTES));
            left.position(left.position() + count);
        }
        return (int) crc.getValue();
    }

    private static String resource() {
        try (InputStream in = PublishedTensors.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks its resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
