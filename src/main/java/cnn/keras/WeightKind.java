package cnn.keras;

import java.util.regex.Pattern;

/** The weights that layers have, under all the names that Keras has given them. */
enum WeightKind {
    // Before the plain kernel, whose pattern would match it too.
    DEPTHWISE_KERNEL("depthwise_kernel", "depthwise_kernel"),
    POINTWISE_KERNEL("pointwise_kernel", "pointwise_kernel"),
    KERNEL("kernel", "kernel|W"),
    BIAS("bias", "bias|b"),
    GAMMA("gamma", "gamma"),
    BETA("beta", "beta"),
    MOVING_MEAN("moving_mean", "moving_mean|running_mean"),
    /** Keras 1 called it running_std, and it was the variance all the same. */
    MOVING_VARIANCE("moving_variance", "moving_variance|running_std"),
    // Behind the moving ones, whose names their patterns would match too.
    MEAN("mean", "mean"),
    VARIANCE("variance", "variance"),
    COUNT("count", "count"),
    ALPHA("alpha", "alpha");

    private final String today;
    private final Pattern pattern;

    WeightKind(String today, String names) {
        this.today = today;
        this.pattern = Pattern.compile("(.*_)?(" + names + ")(_\\d+)?");
    }

    String today() {
        return today;
    }

    /**
     * Whether a dataset of one kind holds a layer's weight of another: Keras 3 calls the kernel of a depthwise convolution
     * what it calls that of any other.
     *
     * @param stored as the dataset's name tells; empty if it tells nothing
     */
    static boolean isSame(String stored, String wanted) {
        return stored.isEmpty()
                || stored.equals(wanted)
                || (stored.equals(KERNEL.today) && wanted.equals(DEPTHWISE_KERNEL.today));
    }

    boolean matches(String plainName) {
        return pattern.matcher(plainName).matches();
    }
}
