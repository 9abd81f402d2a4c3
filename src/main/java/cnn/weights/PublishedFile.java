package cnn.weights;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A weight file as its publisher names it.
 *
 * @param fileName the name under which it is looked for and stored
 * @param uri where it is published
 * @param md5s the published md5 of every edition that has borne this name, 32 lower-case hex digits each; empty where
 *     the publisher gives none
 */
public record PublishedFile(String fileName, URI uri, List<String> md5s) {
    public PublishedFile {
        if (fileName.isEmpty() || fileName.contains("/") || fileName.contains("\\")) {
            throw new IllegalArgumentException("not a plain file name: " + fileName);
        }
        md5s = md5s.stream().map(md5 -> md5.toLowerCase(Locale.ROOT)).toList();
        for (String md5 : md5s) {
            if (!md5.matches("[0-9a-f]{32}")) {
                throw new IllegalArgumentException("not an md5: " + md5);
            }
        }
    }

    /** The same file at a mirror: {@code base} is the folder that holds it. */
    public PublishedFile at(URI base) {
        String folder = base.toString().endsWith("/") ? base.toString() : base + "/";
        return new PublishedFile(fileName, URI.create(folder + fileName), md5s);
    }
}
