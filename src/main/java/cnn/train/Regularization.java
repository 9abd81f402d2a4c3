package cnn.train;

import java.util.Map;

/**
 * What makes it harder to learn the training images by heart.
 *
 * @param labelSmoothing see {@link cnn.program.Loss#of}
 * @param l2 what the squared weights of the head's kernels are multiplied with, from scratch those of all kernels; see {@link
 *     cnn.program.TrainingSetup#l2}
 * @param mixup see {@link Mixup#alpha}
 */
public record Regularization(double labelSmoothing, double l2, double mixup) {
    public static final Regularization NONE = new Regularization(0, 0, 0);

    public Regularization {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("a label smoothing of " + labelSmoothing);
        }
        if (!(l2 >= 0) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException("an L2 of " + l2);
        }
        if (!(mixup >= 0) || Double.isInfinite(mixup)) {
            throw new IllegalArgumentException("a mixup of " + mixup);
        }
    }

    /** All that decides the result, by the name that it has in a model file. */
    Map<String, Object> settings() {
        return Map.of("label_smoothing", labelSmoothing, "l2", l2, "mixup", mixup);
    }
}
