package cnn.keras;

import java.util.regex.Pattern;

/** The weights that layers have, under all the names that Keras has given them. */
enum WeightKind {
    // Before the plain kernel, whose pattern would match it too.
    DEPTHWISE_KERNEL("depthwise_kernel", "depthwise_kernel"),
    KERNEL("kernel", "kernel|W"),
    BIAS("bias", "bias|b"),
    GAMMA("gamma", "gamma"),
    BETA("beta", "beta"),
    MOVING_MEAN("moving_mean", "moving_mean|running_mean"),
    /** Keras 1 called it running_std, and it was the variance all the same. */
    MOVING_VARIANCE("moving_variance", "moving_variance|running_std");

    private final String today;
    private final Pattern pattern;

    WeightKind(String today, String names) {
        this.today = today;
        this.pattern = Pattern.compile("(.*_)?(" + names + ")(_\\d+)?");
    }

    String today() {
        return today;
    }

    boolean matches(String plainName) {
        return pattern.matcher(plainName).matches();
    }
}
