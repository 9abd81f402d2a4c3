package cnn.train;

import cnn.UserError;
import cnn.data.Dataset;
import cnn.data.Sample;
import cnn.data.Target;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.image.Pixels;
import cnn.model.ModelRequest.InputSize;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The size of a data set's images, where they are small and all of one size, as CIFAR-10's are. */
final class SmallImages {
    private static final int LARGEST_SIDE = 128;

    private SmallImages() {}

    /** The size of the first image of every class, if all of these have the same and it is small. */
    static Optional<InputSize> size(Dataset data, ImageDecoder decoder) {
        Set<Target> seen = new HashSet<>();
        Set<InputSize> sizes = new HashSet<>();
        for (Sample sample : data.training()) {
            if (seen.add(sample.target())) {
                try {
                    Pixels pixels = decoder.decode(sample.path());
                    sizes.add(new InputSize(pixels.height(), pixels.width()));
                } catch (ImageException e) {
                    if (e.code() == ImageException.Code.OUT_OF_MEMORY) {
                        throw UserError.weights(sample.path() + ": " + e.getMessage(), e);
                    }
                    seen.remove(sample.target()); // the next one then; this one is told when all are read
                }
            }
        }
        return sizes.size() == 1
                ? sizes.stream()
                        .filter(size -> Math.max(size.height(), size.width()) <= LARGEST_SIDE)
                        .findFirst()
                : Optional.empty();
    }
}
