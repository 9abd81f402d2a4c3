package cnn.weights;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A weight file as its publisher names it.
 *
 * @param fileName the name under which it is looked for and stored
 * @param uri where it is published
 * @param hashes the published md5 or sha256 of every edition that has borne this name, in lower-case hex digits; empty
 *     where the publisher gives none
 */
public record PublishedFile(String fileName, URI uri, List<String> hashes) {
    public PublishedFile {
        if (fileName.isEmpty() || fileName.contains("/") || fileName.contains("\\")) {
            throw new IllegalArgumentException("not a plain file name: " + fileName);
        }
        hashes = hashes.stream().map(hash -> hash.toLowerCase(Locale.ROOT)).toList();
        for (String hash : hashes) {
            if (!hash.matches("[0-9a-f]{32}([0-9a-f]{32})?")) {
                throw new IllegalArgumentException("neither an md5 nor a sha256: " + hash);
            }
        }
    }

    /** The same file at a mirror: {@code base} is the folder that holds it. */
    public PublishedFile at(URI base) {
        String folder = base.toString().endsWith("/") ? base.toString() : base + "/";
        return new PublishedFile(fileName, URI.create(folder + fileName), hashes);
    }
}
