package cnn.weights;

import java.nio.file.Path;

/**
 * A weight file whose bytes have just been held against what is known of them.
 *
 * @param path the file, as it was named
 * @param sha256 of its bytes, 64 hex digits: the identity of the weights
 * @param firstUse whether nothing was known of these bytes before, so that nobody has looked at the numbers yet
 */
public record VerifiedFile(Path path, String sha256, long sizeBytes, boolean firstUse) {}
