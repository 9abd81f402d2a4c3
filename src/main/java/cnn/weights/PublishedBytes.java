package cnn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a published file whose bytes have been seen, or whose sha256 the publisher gives.
 *
 * <p>It holds for what is downloaded. A file that is here already under the name may be another container of the same
 * tensors, see {@link PublishedTensors}.
 *
 * @param sizeBytes empty if only the sha256 is known
 */
record PublishedBytes(String sha256, OptionalLong sizeBytes) {
    private static final String RESOURCE = "published-files.txt";

    /** What is known of the file of that name. */
    static Optional<PublishedBytes> of(String fileName) {
        return resource()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .filter(words -> words[2].equals(fileName))
                .map(words -> new PublishedBytes(words[0], size(words[1])))
                .findFirst();
    }

    private static OptionalLong size(String word) {
        return word.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
    }

    private static String resource() {
        try (InputStream in = PublishedBytes.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
